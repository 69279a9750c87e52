// What principals say about their deliveries, and what may leave to them.
//
// Contract: whatever waited is asked again of permit before it leaves. An answer to a ResumeInput
// is complete up to `passed`: each number up to there is in it, or is not owed (core/outbox.hpp).
// What is given to who only looks, and what is told again, is a reading: an entry records it as Shown
// before it leaves.
#pragma once

#include "hub/core/draft.hpp"
#include "hub/core/machine.hpp"

namespace carehub::core {

/// After this decision less may be told of the client: what is at hand is withdrawn.
void withdraw_forbidden(Draft& draft, ClientId client);

void acknowledge(Draft& draft, PartnerId recipient, const AcknowledgeInput& told);
[[nodiscard]] ResumeAnswer resume(Draft& draft, PartnerId recipient, const ResumeInput& ask);
/// False when it says nothing that is to be kept.
[[nodiscard]] bool take_verdict(Draft& draft, PartnerId recipient, const VerdictInput& verdict);

/// Next attempts and replays that are due.
void deliver_due(Draft& draft);
/// When deliver_due() would next decide something; kNever if it would not.
[[nodiscard]] UtcTime next_delivery_wake(const State& state);

}  // namespace carehub::core
