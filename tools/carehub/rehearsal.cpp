// rehearsal report: what a feed in rehearsal would have caused.
#include <iostream>

#include "tools/carehub/door.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool {
namespace {

Result<int> report(const Run& run, const std::string& partner) {
    CAREHUB_TRY(Door door, Door::open(run));
    CAREHUB_TRY(const std::vector<std::string> lines,
                door.ask("rehearsal", {{"partner", partner}}));
    if (run.json) {
        print_lines(lines, true, {}, "");
        return 0;
    }
    print_lines({lines.front()}, false,
                {{"partner", "partner"},
                 {"rehearsal", "rehearsal"},
                 {"accepted", "accepted"},
                 {"refused", "refused"},
                 {"clients", "clients"},
                 {"obligations", "obligations"},
                 {"stays", "stays"}},
                "");
    print_lines({lines.begin() + 1, lines.end()}, false,
                {{"client", "client"},
                 {"rule", "rule"},
                 {"severity", "severity"},
                 {"owner", "owner"},
                 {"act by", "act_by"},
                 {"withheld", "withheld"},
                 {"text", "text"}},
                "If it were live now, it would raise no alert.");
    return 0;
}

}  // namespace

void add_rehearsal(CLI::App& app, Run& run) {
    auto* command = subcommand(app, "rehearsal", "feeds that run in shadow before they are live");
    command->require_subcommand(1);
    auto* told = subcommand(*command, "report", "what the feed would cause if it were live");
    auto partner = std::make_shared<std::string>();
    option(*told, "PARTNER", *partner, "a partner added with --rehearsal")->required();
    runs(told, run, [&run, partner] { return report(run, *partner); });
}

}  // namespace carehub::tool
