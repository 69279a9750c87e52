// Measures the clinic's door: messages of 1 KB over MLLP, through adapter and hub, each answered
// after its durable receipt; and, by turns, the same senders before a bare echo.
//
// Contract: discharges (ADT A03) of the clients in turn, each of a visit of its own; hub and adapter
// stay the same from line to line, so that their memory can be watched. Errors: as Process; what an
// answer refuses. Threads: any one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <boost/json/object.hpp>

#include "hub/base/error.hpp"

namespace carehub::tool::bench {

struct MllpOptions {
    std::uint64_t messages = 100'000;
    std::uint64_t clients = 10'000;
    std::vector<std::size_t> connections = {16};
};

/// Reading alone, on one core, by its processor time: {"messages","size_bytes","ns_per_message",
/// "messages_per_s"}. Nothing is started.
[[nodiscard]] Result<std::vector<boost::json::object>> measure_reading(const MllpOptions& options);

/// A line for each number of connections: {"connections","messages","size_bytes","messages_per_s",
/// "p50_us","p99_us","cpu_s":{"hub","adapter","senders"},"echo_per_s","ratio","parse_per_s",
/// "adapter_bytes"}.
[[nodiscard]] Result<std::vector<boost::json::object>> measure_mllp(const MllpOptions& options);

}  // namespace carehub::tool::bench
