// What an entry tells of the office: its case is that of no client (State::office).
//
// Contract: the office is settled by the next tick, on the State that holds the entry.
#pragma once

#include <set>

#include "hub/core/draft.hpp"

namespace carehub::core {

/// A partner's feed was heard; what staff tell is no feed.
void note_feed(Draft& draft, PartnerId principal, std::string_view feed);

/// A partner's adapter found its feed wrong, or, corrected, right again. Refused where too many of
/// that partner's faults are told and not over.
[[nodiscard]] Refusal note_anomaly(Draft& draft, PartnerId principal,
                                   const SubmissionInput& submission);

/// One event's identifiers belong to more than one client, or a partner says that two are one:
/// somebody has to say whose it is. Nothing of fewer than two.
void note_conflict(Draft& draft, PartnerId principal, const std::set<ClientId>& named);
/// Somebody has said it.
void end_conflict(Draft& draft, const std::set<ClientId>& named);

/// The owner of that client, before or now, may have too many: of owners with a limit the office
/// looks again once half of it is used.
void watch_caseload(Draft& draft, ClientId client);

}  // namespace carehub::core
