// trail partner, trail staff: what one partner told and was told, what one member of staff did.
#include "tools/carehub/trail_people.hpp"

#include <iostream>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"
#include "tools/carehub/trail_words.hpp"

namespace carehub::tool {
namespace {

Result<int> print_people_trail(const Run& run, const std::string& about,
                               const follower::Arguments& arguments) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("trail_" + about, arguments));
    if (run.json) {
        print_lines(lines, true, {}, "");
        return 0;
    }
    if (lines.empty()) {
        std::cout << "Nothing is known.\n";
        return 0;
    }
    for (const std::string& text : lines) {
        const boost::json::object line = parse_line(text);
        std::cout << spoken_time(text_at(line, "at")) << "  " << trail_sentence(line) << "\n";
    }
    const std::string page = arguments.at("page").empty() ? "1" : arguments.at("page");
    std::cout << "Page " << page << "; what came later: --page "
              << std::strtoull(page.c_str(), nullptr, 10) + 1 << ".\n";
    return 0;
}

void add_one(CLI::App& trail, Run& run, const std::string& about, const std::string& help) {
    auto arguments = std::make_shared<follower::Arguments>();
    auto* command = subcommand(trail, about, help);
    option(*command, "NAME", (*arguments)[about], "as `carehub partner list` names it")->required();
    option(*command, "--from", (*arguments)["from"], "only from this time or date on, ISO 8601");
    option(*command, "--to", (*arguments)["to"], "only before this time or date");
    option(*command, "--page", (*arguments)["page"], "which 500 entries of it, from 1");
    runs(command, run,
         [&run, arguments, about] { return print_people_trail(run, about, *arguments); });
}

}  // namespace

void add_people_trails(CLI::App& trail, Run& run) {
    add_one(trail, run, "partner", "what a partner told and was told, oldest first");
    add_one(trail, run, "staff",
            "what a member of staff read, searched, exported, changed and was told");
}

}  // namespace carehub::tool
