// The life of alerts: one per situation, by ISA-18.2 as domain/10 maps it.
//
// Contract: rules say what holds now; this compares it with the client's alerts. New situation:
// raised, or suppressed by design. Same: updated, counted. Gone: cleared. A closed alert comes back
// within kReopenWithin under its old id, or when something material changed. Acknowledging never
// changes the condition. A latched alert stands until a person closes it or its source withdraws
// the fact. All alerts of a client who died close. Whoever may not see the evidence gets no alert:
// it is Suppressed until a consent or agreement allows it.
#pragma once

#include "hub/core/draft.hpp"
#include "hub/core/rule.hpp"
#include "hub/model/command.hpp"

namespace carehub::core {

/// What the input that settles a case is like.
struct Cause {
    bool backfill = false;  ///< it tells of the past
    Hash128 corrected{};    ///< key of the obligation it corrects; zero: it corrects none
    bool left = false;      ///< records told under a link that ended have left the case
};

/// Re-derives duties, evaluates every rule and brings the alerts of an opened case up to date;
/// sets Client::wake_at.
void settle(Draft& draft, Case& subject, const RuleSet& rules, Cause cause);

/// Raised, acknowledged or shelved.
[[nodiscard]] bool is_open(AlertState state);
/// For how long an alert of that severity can be shelved (13-decisions).
[[nodiscard]] std::chrono::hours shelve_max(Severity severity);

/// A person acts on an alert. Returns the refusal when its state or bounds do not allow the act.
[[nodiscard]] Refusal act_on_alert(Draft& draft, Case& subject, const AlertCommand& command,
                                   PartnerId actor);

}  // namespace carehub::core
