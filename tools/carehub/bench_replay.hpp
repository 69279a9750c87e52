// Measures a start: the hub's journal read back into its State and its follower, and the memory that
// takes. The journal is the one a `bench route` of the same options leaves.
//
// Contract: entries and memory are those above a start on an empty folder in the same run.
// Errors: as run_bench_route(). Threads: any one thread.
#pragma once

#include "tools/carehub/bench_events.hpp"

namespace carehub::tool {

struct ReplayResult {
    std::uint64_t entries = 0;
    std::uint64_t clients = 0;
    double start_s = 0;  ///< from the process's start to its ready line
    double entries_per_s = 0;
    std::uint64_t memory_bytes = 0;  ///< resident, when ready
    double memory_per_client_bytes = 0;
};

[[nodiscard]] Result<ReplayResult> run_bench_replay(const BenchOptions& options);

}  // namespace carehub::tool
