#include "tools/carehub/bench/replay.hpp"

#include "hub/daemon/data_folder.hpp"
#include "tools/carehub/bench/accounts.hpp"
#include "tools/carehub/bench/hub_process.hpp"
#include "tools/carehub/bench/route.hpp"

namespace carehub::tool::bench {
namespace {

struct Start {
    std::uint64_t entries = 0;
    double seconds = 0;
    std::uint64_t memory_bytes = 0;
};

Result<Start> start_hub(const Folder& folder) {
    CAREHUB_TRY(HubProcess hub, HubProcess::start(folder.path(), folder.log()));
    const Start start{hub.sequence, hub.start_s, resident_bytes_of(hub.process.pid())};
    CAREHUB_TRY_DONE(hub.stop());
    return start;
}

}  // namespace

Result<boost::json::object> measure_replay(const Options& options) {
    const Folder empty;
    CAREHUB_TRY([[maybe_unused]] const auto key, daemon::init_folder({empty.path()}, {}));
    CAREHUB_TRY(const auto world, make_world(options));
    CAREHUB_TRY([[maybe_unused]] const auto routed,
                run_route_in(world->folder, world->links, options));
    CAREHUB_TRY(const Start bare, start_hub(empty));
    CAREHUB_TRY(const Start full, start_hub(world->folder));
    const auto entries = static_cast<double>(full.entries - bare.entries);
    const std::uint64_t memory = full.memory_bytes - std::min(full.memory_bytes, bare.memory_bytes);
    return boost::json::object{
        {"entries", full.entries},
        {"clients", options.clients},
        {"start_s", full.seconds},
        {"entries_per_s",
         static_cast<std::uint64_t>(entries / std::max(full.seconds - bare.seconds, 1e-3))},
        {"memory_bytes", full.memory_bytes},
        {"memory_per_client_bytes", memory / options.clients}};
}

}  // namespace carehub::tool::bench
