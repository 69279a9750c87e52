// What the rules about follow-up duties share: when an open duty is at risk (13-decisions).
#pragma once

#include "hub/core/rule.hpp"

namespace carehub::rules {

/// 02, rule 4: so long after its end a visit may still be told as kept.
inline constexpr std::chrono::hours kToldAfter{2};

struct DutyRule {
    RuleId rule;
    DutyProgram program = DutyProgram::Unset;
    Severity severity = Severity::Unset;  ///< until the deadline; one step graver after it
    SuggestedAction action = SuggestedAction::Unset;
    bool booking_reassures = false;  ///< what is booked within the window holds the alert
};

/// The first date inside the window whose keeping would meet the duty, if it is ahead or may still
/// be told as kept; null when nothing is booked.
[[nodiscard]] const Obligation* booked_for(const core::CaseView& view, const Duty& duty);

[[nodiscard]] Finding duty_finding(const core::CaseView& view, const Duty& duty,
                                   const DutyRule& rule);

/// Finds each open duty of the program that is at risk now, and asks to be woken when others will
/// be.
void find_duties_at_risk(const core::CaseView& view, const DutyRule& rule,
                         core::Findings& findings);

}  // namespace carehub::rules
