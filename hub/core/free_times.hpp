// Time that partners offer for booking, and which of it would do for an appointment that has to move.
//
// Contract: a partner's free time is known until it begins, or the partner closes it; at most
// kFreeTimesPerPartnerMax of each partner, the soonest. It says nothing of a client and is told to
// whoever may know of the appointment with that partner. It books nothing.
#pragma once

#include "hub/core/draft.hpp"

namespace carehub::core {

/// What a ScheduleUnblocked opens and a ScheduleBlocked closes; nothing of other kinds, and nothing
/// of a feed in rehearsal.
void note_free_time(Draft& draft, PartnerId principal, const SubmissionInput& submission);

/// The first free time of the same partner, for what the appointment is, as long as it, before the
/// end of the follow-up window it stands in, when the client is neither expected elsewhere, the ways
/// there and back included, nor in hospital or custody; else null.
[[nodiscard]] const FreeTime* next_free_time(const State& state, const Case& subject,
                                             const Obligation& appointment, UtcTime now);

}  // namespace carehub::core
