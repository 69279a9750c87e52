// Who has a client and at which tier, kept by the link it was told under, so that what was told
// under a wrong identifier is undone when its link ends.
//
// Contract: Client's owner, team, model and tier are those of the latest telling. Of a client of
// whom only the roster told, no Assignment is kept; the roster's own stands under no link.
// Threads: as Draft.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

/// An event or the roster (no link) told these of the client's columns, in entry `at`.
void assign(Case& subject, LinkNumber told_under, const Client& told, Sequence at);
void assign_tier(Case& subject, LinkNumber told_under, RiskTier tier, Sequence at);

/// What another case was told comes here; of a link that both were told under the later word counts.
void take_over(Case& subject, const Assignment& told);
/// Sets the client's columns after Assignments came or left.
void reassign(Case& subject);

}  // namespace carehub::core
