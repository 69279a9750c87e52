// Whether a situation is news or history: 13-decisions, backfill and rehearsal.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

/// Nothing of it can be acted on in time, or all of it lies days back.
[[nodiscard]] bool is_past(const Case& subject, const Finding& finding, UtcTime now);

/// A rehearsal that ended raises nothing that was past by then.
[[nodiscard]] bool was_past_in_rehearsal(const State& state, const Case& subject,
                                         const Finding& finding);

}  // namespace carehub::core
