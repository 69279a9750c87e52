// Measures one event's whole way: published over CURVE, made durable, acknowledged to the publisher,
// delivered to a subscriber, acknowledged by it. The hub is a process of its own on a fresh folder.
//
// Contract: run_bench_route() makes and removes its folder, and ends when every event is delivered.
// Errors: what processes and sessions say; Timeout when events or notices stop coming.
// Threads: any one thread; it starts one more for the subscriber.
#pragma once

#include <cstdint>

#include "tools/carehub/bench_events.hpp"
#include "tools/carehub/bench_world.hpp"

namespace carehub::tool {

struct BenchResult {
    std::uint64_t events = 0;
    std::size_t size_bytes = 0;
    double publish_acknowledged_per_s = 0;
    double end_to_end_per_s = 0;
    double events_per_message = 0;
    std::uint64_t latency_p50_us = 0;  ///< from publishing to the notice
    std::uint64_t latency_p99_us = 0;
    std::uint64_t latency_p999_us = 0;
    double cpu_hub_s = 0;
    double cpu_peers_s = 0;
    double bytes_written_per_event = 0;
    std::uint64_t projection_lag_events =
        0;  ///< entries staff questions did not see at the last receipt
    double catch_up_s = 0;
};

/// The same in a folder that stays.
[[nodiscard]] Result<BenchResult> run_bench_route_in(const BenchFolder& folder,
                                                     const BenchOptions& options);
[[nodiscard]] Result<BenchResult> run_bench_route(const BenchOptions& options);

}  // namespace carehub::tool
