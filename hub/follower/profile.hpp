// What is known of a person that can be compared (hub/match), as the roster and partners tell it.
//
// Contract: pure. What was made up is left out: an alias for a name, a default for a birth date
// (HL7 table 0445; domain/11). Threads: any.
#pragma once

#include "hub/match/propose.hpp"
#include "hub/model/command.hpp"
#include "hub/model/submission.hpp"

namespace carehub::follower {

[[nodiscard]] match::Profile profile_of(const PersonClaim& claim);
/// What the row tells takes the place of what was told before; what it leaves out stays.
void tell(const RosterCommand& row, match::Profile& known);
/// What the roster tells, and what it does not tell as partners do.
[[nodiscard]] match::Profile joined(const match::Profile& roster, const match::Profile& partners);

}  // namespace carehub::follower
