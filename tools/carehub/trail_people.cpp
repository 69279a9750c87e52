// trail partner, trail staff: what one partner told and was told, what one member of staff did.
#include "tools/carehub/trail_people.hpp"

#include <iostream>
#include <utility>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/page.hpp"
#include "tools/carehub/trail_words.hpp"

namespace carehub::tool {
namespace {

/// Readings in an emergency, or all others; what stands before and after where there are any.
void print_sentences(const std::vector<std::string>& lines, bool broken, std::string_view before,
                     std::string_view after) {
    bool is_first = true;
    for (const std::string& text : lines) {
        const boost::json::object line = parse_line(text);
        if ((text_at(line, "kind") == "BreakGlass") == broken) {
            std::cout << (std::exchange(is_first, false) ? before : "")
                      << spoken_time(text_at(line, "at")) << "  " << trail_sentence(line) << "\n";
        }
    }
    std::cout << (is_first ? "" : after);
}

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
    print_sentences(lines, true, "Read in an emergency\n", "\n");
    print_sentences(lines, false, "", "");
    if (arguments.contains("only")) {
        return 0;  // it has no pages
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
    if (about == "staff") {
        break_glass_flag(*command, *arguments);
    }
    runs(command, run,
         [&run, arguments, about] { return print_people_trail(run, about, *arguments); });
}

}  // namespace

void break_glass_flag(CLI::App& command, follower::Arguments& arguments) {
    command.add_flag_function(
        "--break-glass", [&arguments](std::int64_t) { arguments["only"] = follower::kBreakGlass; },
        "only what was read in an emergency by somebody who is not the client's case manager");
}

void add_people_trails(CLI::App& trail, Run& run) {
    add_one(trail, run, "partner", "what a partner told and was told, oldest first");
    add_one(trail, run, "staff",
            "what a member of staff read, searched, exported, changed and was told");
}

}  // namespace carehub::tool
