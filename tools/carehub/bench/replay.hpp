// Measures a start: the hub's journal read back into its State and its follower, and the memory
// that takes. The journal is the one a `bench route` of the same options leaves.
//
// Contract: entries and memory are those above a start on an empty folder in the same run; the
// second start on the same folder may find a snapshot that the first one did not.
// Errors: as run_route(). Threads: any one thread.
#pragma once

#include <boost/json/object.hpp>

#include "hub/base/error.hpp"
#include "tools/carehub/bench/options.hpp"

namespace carehub::tool::bench {

/// {"entries","clients","start_s","entries_per_s","memory_bytes","memory_per_client_bytes"}.
[[nodiscard]] Result<boost::json::object> measure_replay(const Options& options);

}  // namespace carehub::tool::bench
