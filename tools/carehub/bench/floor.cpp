#include "tools/carehub/bench/floor.hpp"

#include <boost/json.hpp>

#include "hub/transport/curve_keys.hpp"
#include "tools/carehub/bench/accounts.hpp"
#include "tools/carehub/bench/folder.hpp"
#include "tools/carehub/bench/peers.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/process.hpp"

namespace carehub::tool::bench {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kReadyMax{20'000};
constexpr milliseconds kStopMax{20'000};
constexpr std::size_t kFloorEventBytesMin = sizeof(std::uint64_t);

Result<std::vector<adapters::LinkFile>> make_links(std::uint64_t count, const std::string& name,
                                                   PartnerKind kind) {
    std::vector<adapters::LinkFile> links(count);
    for (std::size_t i = 0; i < links.size(); ++i) {
        CAREHUB_TRY(const transport::CurveKeys keys, transport::make_curve_keys());
        links[i].name = name + std::to_string(i);
        links[i].kind = kind;
        links[i].public_key = keys.public_key;
        links[i].secret_key = keys.secret_key;
    }
    return links;
}

/// Starts the hub's place and tells the links where it is.
Result<Process> start_hub(PeerPlan& plan) {
    std::vector<std::string> words = {"bench", "floor-hub", "--folder", plan.folder.string()};
    for (const auto* links : {&plan.publishers, &plan.subscribers}) {
        for (const adapters::LinkFile& link : *links) {
            words.insert(words.end(), {"--admit", transport::to_z85(link.public_key)});
        }
    }
    CAREHUB_TRY(Process hub, Process::start(words, plan.log));
    CAREHUB_TRY(const std::string line, hub.read_line(kReadyMax));
    const boost::json::object ready = parse_line(line);
    const auto key = transport::from_z85(text_at(ready, "public_key"));
    for (auto* links : {&plan.publishers, &plan.subscribers}) {
        for (adapters::LinkFile& link : *links) {
            link.endpoint = text_at(ready, "endpoint");
            link.hub_public_key = key.value_or(Hash256{});
        }
    }
    return hub;
}

}  // namespace

Result<Figures> run_floor(const Options& options) {
    if (options.size_bytes < kFloorEventBytesMin) {
        return fail(ErrorCode::Invalid, "--size must be at least 8");
    }
    const Folder folder;
    PeerPlan plan;
    plan.wire = Wire::Floor;
    plan.options = options;
    plan.folder = folder.path();
    plan.log = folder.log();
    std::filesystem::create_directories(folder.path());
    CAREHUB_TRY(plan.publishers, make_links(options.publishers, "publisher-", PartnerKind::Clinic));
    CAREHUB_TRY(plan.subscribers,
                make_links(options.subscribers, "subscriber-", PartnerKind::HousingProvider));
    CAREHUB_TRY(Process hub, start_hub(plan));
    const double cpu_before = cpu_s_of(hub.pid());
    const std::uint64_t written_before = bytes_written_by(hub.pid());
    CAREHUB_TRY(PeersDone done, run_peers(plan));
    done.figures.cpu_hub_s = cpu_s_of(hub.pid()) - cpu_before;
    done.figures.bytes_written_per_event =
        static_cast<double>(bytes_written_by(hub.pid()) - written_before) /
        static_cast<double>(options.events);
    CAREHUB_TRY([[maybe_unused]] const int code, hub.stop(kStopMax));
    return done.figures;
}

}  // namespace carehub::tool::bench
