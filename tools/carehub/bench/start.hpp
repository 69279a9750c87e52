// Measures a start on a long journal: from the journal alone, and from a snapshot, up to the first
// receipt.
//
// Contract: the journal holds `events` appointments of `clients` clients, decided by the hub's own
// code in large batches; the snapshot is the one the hub writes when it stops.
// Errors: what the folder's hub says; Invalid when it refuses an event. Threads: any one thread.
#pragma once

#include <boost/json/object.hpp>

#include "hub/base/error.hpp"
#include "tools/carehub/bench/options.hpp"

namespace carehub::tool::bench {

/// {"entries","clients","start_without_s","stop_s","snapshot_bytes","start_s","first_receipt_s",
/// "memory_bytes"}. Seconds of a start count from the process's start.
[[nodiscard]] Result<boost::json::object> measure_start(const Options& options);

}  // namespace carehub::tool::bench
