// What partners' own systems may be told of at most; agreements and consents decide what of it is.
//
// Contract: kinds about where a client has to be, is, lives, and who answers for it. Nothing of
// diagnoses, conditions, violations, warrants, casework or alerts. Threads: any thread.
#pragma once

#include <vector>

#include "hub/model/event_kind.hpp"

namespace carehub::adapters {

/// Clinics and hospitals.
[[nodiscard]] std::vector<EventKind> kinds_for_care();
/// Housing providers, courts, supervision agencies and jails: all of that but a missed appointment
/// of care, which people tell a court, an officer or a landlord, or nobody does.
[[nodiscard]] std::vector<EventKind> kinds_for_others();

}  // namespace carehub::adapters
