// Expands one recurrence rule by libical, here and now: what the expanding process does
// (recurrence.hpp), and nothing else may, since one call of the library can take seconds.
// Contract: as recurrence.hpp says of an answer. Threads: any thread.
#pragma once

#include "adapters/court/ical/recurrence.hpp"

namespace carehub::adapters::court {

/// Keeps the library from ending the process over a rule it cannot read.
void stop_nowhere();

[[nodiscard]] Expansion walk_rule(const RuleRequest& request);

}  // namespace carehub::adapters::court
