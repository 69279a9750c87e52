// fate: what became of an event or an alert; of a partner's link, what became of its own event.
#include <iostream>

#include <boost/json.hpp>

#include "tools/carehub/door.hpp"
#include "tools/carehub/event_id.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

namespace json = boost::json;

struct FateArguments {
    std::string id;
    std::string feed;
};

/// A partner's link names its own event; staff name one of the hub's, or PARTNER/ID.
struct Asked {
    std::string question = "fate";
    follower::Arguments arguments;
};

Result<Asked> asked_of(const Run& run, const FateArguments& given) {
    Asked asked;
    if (!given.feed.empty()) {
        asked.arguments["feed"] = given.feed;
    }
    if (!run.link.empty()) {
        CAREHUB_TRY(const adapters::LinkFile link, link_of(run));
        if (link.kind != PartnerKind::Staff) {
            asked.question = "fate_of";
            asked.arguments["id"] = given.id;
            return asked;
        }
    }
    CAREHUB_TRY(const follower::Arguments named, event_arguments(given.id));
    asked.arguments.insert(named.begin(), named.end());
    return asked;
}

void print_page(const std::string& line) {
    const json::object fate = parse_line(line);
    std::cout << text_at(fate, "event_id") << " was " << text_at(fate, "status") << ".\n";
    std::vector<std::string> steps;
    for (const json::value& step : fate.at("steps").as_array()) {
        steps.push_back(json::serialize(step));
    }
    print_lines(steps, false,
                {{"at", "at"},
                 {"step", "step"},
                 {"recipient", "recipient"},
                 {"result", "result"},
                 {"reason", "reason"}},
                "Nothing came of it.");
}

Result<int> print_fate(const Run& run, const FateArguments& given) {
    CAREHUB_TRY(const Asked asked, asked_of(run, given));
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask(asked.question, asked.arguments));
    for (const std::string& line : lines) {
        if (run.json) {
            std::cout << line << "\n";
        } else {
            print_page(line);
        }
    }
    return 0;
}

}  // namespace

void add_fate(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "fate", "what became of an event or an alert");
    auto arguments = std::make_shared<FateArguments>();
    option(*command, "ID", arguments->id,
           "an event id of a receipt (h-12), an alert (a-12-0), or PARTNER/ID; with a "
           "partner's --link its own id of the event")
        ->required();
    option(*command, "--feed", arguments->feed,
           "the feed of a partner's own id, where it is not called as the partner is");
    runs(command, run, [&run, arguments] { return print_fate(run, *arguments); });
}

}  // namespace carehub::tool
