#include "tools/carehub/bench/hub_process.hpp"

#include <boost/json.hpp>

#include "hub/base/clock.hpp"
#include "tools/carehub/output.hpp"

namespace carehub::tool::bench {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kReadyMax{600'000};
constexpr milliseconds kStopMax{120'000};

}  // namespace

Result<HubProcess> HubProcess::start(const std::filesystem::path& folder,
                                     const std::filesystem::path& log) {
    const SystemClock clock;
    const Micros begin = clock.steady();
    CAREHUB_TRY(Process process,
                Process::start({"--data", folder.string(), "hub", "--port", "0"}, log));
    CAREHUB_TRY(const std::string line, process.read_line(kReadyMax));
    const double start_s = std::chrono::duration<double>(clock.steady() - begin).count();
    const boost::json::object ready = parse_line(line);
    return HubProcess{std::move(process), text_at(ready, "endpoint"),
                      ready.at("sequence").to_number<std::uint64_t>(), start_s};
}

Status HubProcess::stop() {
    CAREHUB_TRY([[maybe_unused]] const int code, process.stop(kStopMax));
    return {};
}

}  // namespace carehub::tool::bench
