#include "tools/carehub/bench/route.hpp"

#include <boost/json.hpp>

#include "adapters/kit/hub_client.hpp"
#include "tools/carehub/bench/accounts.hpp"
#include "tools/carehub/bench/hub_process.hpp"
#include "tools/carehub/bench/peers.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::bench {
namespace {

constexpr std::chrono::milliseconds kConnectMax{20'000};
/// What staff are told may be so far behind and still count as routed.
constexpr double kLagMaxS = 5;

/// How far staff questions are behind the last receipt, and how long until they are not.
Status measure_lag(const adapters::LinkFile& admin, std::uint64_t last_sequence, Figures& figures) {
    adapters::ConnectionOptions options;
    options.link = admin;
    options.purpose = codec::Purpose::Staff;
    CAREHUB_TRY(auto client, adapters::HubClient::connect(std::move(options), kConnectMax));
    const SystemClock clock;
    const Micros begin = clock.steady();
    for (bool first = true;; first = false) {
        CAREHUB_TRY(const std::vector<std::string> lines, client.ask("status", {}));
        const std::uint64_t seen =
            lines.empty() ? 0 : parse_line(lines.front()).at("sequence").to_number<std::uint64_t>();
        if (first && seen < last_sequence) {
            figures.projection_lag_events = last_sequence - seen;
        }
        if (seen >= last_sequence) {
            break;
        }
    }
    if (figures.projection_lag_events > 0) {
        figures.catch_up_s = std::chrono::duration<double>(clock.steady() - begin).count();
    }
    client.leave();
    return {};
}

/// The time beyond the last acknowledgement until the lag was small counts.
void count_lag(Figures& figures) {
    const double late_s = figures.catch_up_s - kLagMaxS;
    if (late_s > 0) {
        const auto events = static_cast<double>(figures.events);
        figures.end_to_end_per_s = events / (events / figures.end_to_end_per_s + late_s);
    }
}

Result<Figures> measure(const PeerPlan& plan, const adapters::LinkFile& admin, pid_t hub) {
    const double cpu_before = cpu_s_of(hub);
    const std::uint64_t written_before = bytes_written_by(hub);
    CAREHUB_TRY(PeersDone done, run_peers(plan));
    Figures& figures = done.figures;
    figures.cpu_hub_s = cpu_s_of(hub) - cpu_before;
    figures.bytes_written_per_event = static_cast<double>(bytes_written_by(hub) - written_before) /
                                      static_cast<double>(figures.events);
    CAREHUB_TRY_DONE(measure_lag(admin, done.last_sequence, figures));
    count_lag(figures);
    return figures;
}

}  // namespace

Result<Figures> run_route_in(const Folder& folder, Links links, const Options& options) {
    PeerPlan plan;
    plan.options = options;
    plan.base = std::chrono::floor<std::chrono::days>(SystemClock().now());
    CAREHUB_TRY(const Events events, Events::create(options, plan.base));
    plan.folder = folder.path();
    plan.log = folder.log();
    CAREHUB_TRY(HubProcess hub, HubProcess::start(folder.path(), folder.log()));
    links.set_endpoint(hub.endpoint);
    plan.publishers = links.publishers;
    plan.subscribers = links.subscribers;
    CAREHUB_TRY(Figures figures, measure(plan, links.admin, hub.process.pid()));
    figures.size_bytes = events.size_bytes();
    CAREHUB_TRY_DONE(hub.stop());
    return figures;
}

Result<Figures> run_route(const World& world, const Options& options) {
    Folder folder;
    CAREHUB_TRY_DONE(copy_world(world, folder));
    auto figures = run_route_in(folder, world.links, options);
    if (!figures) {
        folder.keep_log();
    }
    return figures;
}

}  // namespace carehub::tool::bench
