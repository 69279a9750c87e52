// The figures of one run of the unit of work, as `carehub bench route --json` prints them; every
// peer prints the same.
//
// Contract: parse_figures() wants the two rates; what else a peer does not tell stays 0.
// Errors: Invalid for a line that is not such an object.
// Threads: any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

#include "hub/base/error.hpp"
#include "tools/carehub/bench/options.hpp"

namespace carehub::tool::bench {

struct Latency {
    std::uint64_t p50 = 0;
    std::uint64_t p99 = 0;
    std::uint64_t p999 = 0;
    friend bool operator==(const Latency&, const Latency&) = default;
};

/// Sorts `values_us`; all 0 when there are none. Nearest rank below.
[[nodiscard]] Latency latency_of(std::vector<std::int64_t>& values_us);

struct Figures {
    std::uint64_t events = 0;
    std::uint64_t size_bytes = 0;
    std::uint64_t window = 0;
    std::uint64_t publishers = 0;
    std::uint64_t subscribers = 0;
    double publish_acknowledged_per_s = 0;
    double end_to_end_per_s = 0;
    double events_per_message = 0;
    Latency latency_us;                         ///< from publishing to the notice
    std::optional<Latency> receipt_latency_us;  ///< from publishing to the receipt
    double cpu_hub_s = 0;
    double cpu_peers_s = 0;
    double bytes_written_per_event = 0;
    std::uint64_t projection_lag_events = 0;  ///< entries a staff question did not see at the end
    double catch_up_s = 0;                    ///< until it did
};

[[nodiscard]] boost::json::object to_json(const Figures& figures);
/// The last line of `output` that is an object.
[[nodiscard]] Result<Figures> parse_figures(const std::string& output);

/// The run whose end-to-end rate is the middle one: figures of one run belong together.
[[nodiscard]] const Figures& median_run(const std::vector<Figures>& runs);

}  // namespace carehub::tool::bench
