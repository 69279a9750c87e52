// adapter desk: what the hub tells staff, by mail, webhook and calendar.
#include <unistd.h>

#include <csignal>
#include <iostream>

#include <boost/json.hpp>

#include "adapters/desk/desk_adapter.hpp"
#include "tools/carehub/adapter_commands.hpp"
#include "tools/carehub/adapter_kinds.hpp"
#include "tools/carehub/door.hpp"
#include "tools/carehub/hub_time.hpp"
#include "tools/carehub/session.hpp"

namespace carehub::tool {
namespace {

namespace fs = std::filesystem;
namespace desk = adapters::desk;

std::atomic<bool> counts_asked{false};

void ask_for_counts(int /*signal*/) { counts_asked = true; }

Result<int> run_desk(const Run& run, const std::string& config) {
    if (run.link.empty()) {
        return fail(ErrorCode::Invalid,
                    "--link NAME.carehub is missing: `carehub partner add NAME --kind staff` "
                    "writes it");
    }
    const fs::path file = fs::absolute(config);
    CAREHUB_TRY(const adapters::LinkFile link, link_of(run));
    const std::atomic<bool>& stop = stop_on_signals();
    std::signal(SIGUSR1, ask_for_counts);
    adapters::Counts counts;
    HubTime time(link);
    desk::DeskParts parts;
    CAREHUB_TRY(parts.config, desk::read_desk_config(file));
    parts.link_file = fs::absolute(run.link);
    parts.state_folder = state_folder_of(file);
    parts.now = [&time] { return time.now(); };
    parts.on_ready = [](std::size_t persons) {
        const boost::json::object line{
            {"ready", true}, {"kind", "desk"}, {"persons", persons}, {"pid", ::getpid()}};
        std::cout << boost::json::serialize(line) << std::endl;
    };
    parts.on_round = [&counts] {
        if (counts_asked.exchange(false)) {
            std::cout << counts.to_json() << std::endl;
        }
    };
    const Status done = desk::run_desk(std::move(parts), stop, counts);
    std::cout << counts.to_json() << std::endl;
    CAREHUB_TRY_DONE(done);
    return 0;
}

}  // namespace

void add_adapter_desk(CLI::App& adapter, Run& run) {
    auto config = std::make_shared<std::string>();
    auto* added =
        subcommand(adapter, "desk", "tells staff of their alerts by mail, webhook and calendar");
    option(*added, "--config", *config, "TOML; its relative paths start at its own folder")
        ->required();
    runs(added, run, [&run, config] { return run_desk(run, *config); });
}

}  // namespace carehub::tool
