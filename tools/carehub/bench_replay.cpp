#include "tools/carehub/bench_replay.hpp"

#include <fstream>
#include <string>

#include <boost/json.hpp>

#include "hub/base/clock.hpp"
#include "tools/carehub/bench_route.hpp"
#include "tools/carehub/output.hpp"
#include "tools/carehub/process.hpp"

namespace carehub::tool {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kReadyMax{600'000};
constexpr milliseconds kStopMax{60'000};

struct Start {
    std::uint64_t entries = 0;
    double seconds = 0;
    std::uint64_t memory_bytes = 0;
};

std::uint64_t resident_bytes(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return std::stoull(line.substr(std::string_view("VmRSS:").size())) * 1024;
        }
    }
    return 0;
}

Result<Start> start_hub(const BenchFolder& folder) {
    const SystemClock clock;
    const Micros begin = clock.steady();
    CAREHUB_TRY(
        Process hub,
        Process::start({"--data", folder.path().string(), "hub", "--port", "0"}, folder.log()));
    CAREHUB_TRY(const std::string ready, hub.read_line(kReadyMax));
    Start start;
    start.seconds = std::chrono::duration<double>(clock.steady() - begin).count();
    start.entries = parse_line(ready).at("sequence").to_number<std::uint64_t>();
    start.memory_bytes = resident_bytes(hub.pid());
    CAREHUB_TRY([[maybe_unused]] const int code, hub.stop(kStopMax));
    return start;
}

}  // namespace

Result<ReplayResult> run_bench_replay(const BenchOptions& options) {
    const BenchFolder empty;
    CAREHUB_TRY([[maybe_unused]] const auto key, daemon::init_folder({empty.path()}, {}));
    const BenchFolder full;
    CAREHUB_TRY([[maybe_unused]] const auto routed, run_bench_route_in(full, options));
    CAREHUB_TRY(const Start bare, start_hub(empty));
    CAREHUB_TRY(const Start start, start_hub(full));
    ReplayResult result;
    result.entries = start.entries;
    result.clients = options.clients;
    result.start_s = start.seconds;
    result.memory_bytes = start.memory_bytes;
    result.entries_per_s = static_cast<double>(start.entries - bare.entries) /
                           std::max(start.seconds - bare.seconds, 1e-3);
    result.memory_per_client_bytes = static_cast<double>(start.memory_bytes - bare.memory_bytes) /
                                     static_cast<double>(options.clients);
    return result;
}

}  // namespace carehub::tool
