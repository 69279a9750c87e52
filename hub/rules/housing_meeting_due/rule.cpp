// Rapid re-housing and prevention ask for a meeting with the case manager once a month
// (24 CFR 576.401(e)(1)(i)).
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{33};
constexpr core::RuleInfo kInfo{kId,
                               "HousingMeetingDue",
                               1,
                               "the assistance can be ended for want of a meeting",
                               "meet the client before the month is over",
                               "end of the month",
                               "Medium, High once late",
                               "The monthly meeting of the housing programme is not recorded yet."};

void evaluate(const CaseView& view, Findings& findings) {
    find_duties_at_risk(
        view, {kId, DutyProgram::HousingMeeting, Severity::Medium, SuggestedAction::Contact, true},
        findings);
}

}  // namespace

std::unique_ptr<const core::Rule> make_housing_meeting_due() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
