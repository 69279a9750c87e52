// When an alert that nobody acknowledges is told to more people (domain/10, 13-decisions).
//
// Contract: owner, then the team at half of the response time, the supervisor at the whole of it,
// and for Critical the person on call; outside duty hours the person on call hears of a Critical
// alert at once. The response time is that of the severity or the rule's act-by, whichever is
// shorter, in the owner's duty hours. Low alerts are a digest's and escalate to nobody.
// Threads: pure.
#pragma once

#include "hub/core/case_view.hpp"

namespace carehub::core {

/// The bits of Alert::escalation due by `view.now()`, and when the next one is.
struct EscalationNow {
    std::uint8_t steps = 0;
    UtcTime next_at = kNever;
};

/// Of an alert that is raised and not acknowledged.
[[nodiscard]] EscalationNow escalation_of(const CaseView& view, const Alert& alert);

/// When somebody who is told of it is next at work, as far as the directory knows now: `now` when
/// somebody is; kNever when nobody will be. Until then it waits; who is told later may come sooner.
[[nodiscard]] UtcTime attended_from(const State& state, const Case& subject, const Alert& alert,
                                    UtcTime now);

/// By when somebody should have acknowledged it; kNever for Low.
[[nodiscard]] UtcTime respond_by(const CaseView& view, const Alert& alert);

}  // namespace carehub::core
