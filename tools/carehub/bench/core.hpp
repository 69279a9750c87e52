// The machine alone, in this process: decide and evolve with all rules, no wire, no journal.
//
// Contract: inputs are made and hashed beforehand, a chunk at a time, outside the measured time;
// every input must be accepted. What is measured is Machine::step() and letting go of its outcome.
// Errors: Invalid when an input is refused. Threads: any one thread.
#pragma once

#include <boost/json/object.hpp>

#include "hub/base/error.hpp"
#include "tools/carehub/bench/options.hpp"

namespace carehub::tool::bench {

/// {"clients","events","decisions_per_s","ns_per_event","alerts"}.
[[nodiscard]] Result<boost::json::object> measure_core(const Options& options);

/// One State of so many clients and obligations each: {"clients","obligations","state_bytes",
/// "bytes_per_client","ids_remembered","ids_bytes"}: the ids of its events are part of it.
[[nodiscard]] Result<boost::json::object> measure_state(std::uint64_t clients,
                                                        std::uint64_t obligations);

}  // namespace carehub::tool::bench
