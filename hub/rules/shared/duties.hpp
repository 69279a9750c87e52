// What the rules about follow-up duties share: when an open duty is at risk (13-decisions).
#pragma once

#include "hub/core/rule.hpp"

namespace carehub::rules {

struct DutyRule {
    RuleId rule;
    DutyProgram program = DutyProgram::Unset;
    Severity severity = Severity::Unset;  ///< until the deadline; one step graver after it
    SuggestedAction action = SuggestedAction::Unset;
    bool booking_reassures =
        false;  ///< a qualifying visit booked within the window holds the alert
};

/// Finds each open duty of the program that is at risk now, and asks to be woken when others will
/// be.
void find_duties_at_risk(const core::CaseView& view, const DutyRule& rule,
                         core::Findings& findings);

}  // namespace carehub::rules
