// Left psychiatric emergency care, and no visit within the eight days of which the first is the
// day itself. Only where the partner declares the place's programme; the hub knows no diagnosis and
// no age, so the age limits of FUM are the agency's to apply.
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{21};
constexpr core::RuleInfo kInfo{kId,
                               "EdFollowUpMh",
                               1,
                               "the days after an emergency visit are the time to reach the client",
                               "book a visit inside the window",
                               "day 7, then day 30",
                               "High, Critical once late",
                               "{left}; no follow-up visit is recorded yet."};

void evaluate(const CaseView& view, Findings& findings) {
    find_duties_at_risk(
        view, {kId, DutyProgram::EdMentalHealth, Severity::High, SuggestedAction::BookVisit, true},
        findings);
}

}  // namespace

std::unique_ptr<const core::Rule> make_ed_follow_up_mh() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
