// Supervision began, or custody ended during it, and the client has not reported: 72 hours of
// elapsed time, whatever the calendar says (USSG 5B1.3(c)(1)).
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{11};
constexpr core::RuleInfo kInfo{
    kId,
    "InitialReportDue",
    1,
    "not reporting in time is a violation before supervision has begun",
    "agree a time with the officer and get the client there",
    "72 hours after supervision or release began",
    "High, Critical once late",
    "A first report to the officer is due by {due}, and none is recorded."};

void evaluate(const CaseView& view, Findings& findings) {
    find_duties_at_risk(
        view, {kId, DutyProgram::InitialReport, Severity::High, SuggestedAction::AskOfficer, true},
        findings);
}

}  // namespace

std::unique_ptr<const core::Rule> make_initial_report_due() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
