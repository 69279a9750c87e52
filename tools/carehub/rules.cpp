// rules list: what the alert engine looks for.
#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

Result<int> list(const Run& run) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines, door.ask("rules", {}));
    print_lines(lines, run.json,
                {{"rule", "rule"},
                 {"version", "version"},
                 {"at stake", "consequence"},
                 {"action", "action"},
                 {"time to respond", "time_to_respond"},
                 {"priority", "priority"}},
                "No rules.");
    return 0;
}

}  // namespace

void add_rules(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand("rules", "the rules that raise alerts");
    command->require_subcommand(1);
    runs(command->add_subcommand("list", "rules, what is at stake, and how long there is to act"),
         run, [&run] { return list(run); });
}

}  // namespace carehub::tool
