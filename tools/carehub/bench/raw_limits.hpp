// The machine's and the libraries' own limits, without the hub: synced overwrites, frames of
// ZeroMQ, blocks of the journal.
//
// Errors: Io and what the rooms say. Threads: any one thread; zmq starts one more.
#pragma once

#include <vector>

#include <boost/json/object.hpp>

#include "hub/base/error.hpp"

namespace carehub::tool::bench {

/// fdatasync after overwriting 4 KiB of a file that is there already: {"syncs","per_s","p50_us",
/// "p99_us"}.
[[nodiscard]] Result<std::vector<boost::json::object>> measure_fsync(std::uint64_t syncs);

/// DEALER to ROUTER over the loopback, plain and CURVE, by events of a frame: {"wire","batch",
/// "size_bytes","events_per_s","frames_per_s"}.
[[nodiscard]] Result<std::vector<boost::json::object>> measure_zmq(std::uint64_t events,
                                                                   std::size_t size_bytes);

/// Synced appends by events of a block: {"block","size_bytes","events","events_per_s",
/// "appends_per_s"}.
[[nodiscard]] Result<std::vector<boost::json::object>> measure_journal(std::uint64_t events,
                                                                       std::size_t size_bytes);

}  // namespace carehub::tool::bench
