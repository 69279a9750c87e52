// Discharged from a psychiatric unit, or at high risk, and no visit within seven days (FUH counts
// from the next day).
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

constexpr RuleId kId{18};

constexpr core::RuleInfo kInfo{kId,
                               "DischargeVisitDue7",
                               1,
                               "the days after such a discharge are the most dangerous ones",
                               "book a visit inside the window",
                               "day 7 after discharge",
                               "High, Critical once late",
                               "{left}; no follow-up visit is recorded yet."};

class DischargeVisitDue7 final : public core::Rule {
public:
    DischargeVisitDue7() : Rule(kInfo) {}

    void evaluate(const core::CaseView& view, core::Findings& findings) const override {
        for (const DutyProgram program : {DutyProgram::PsychiatricVisit7, DutyProgram::TcmVisit7}) {
            find_duties_at_risk(
                view, {kId, program, Severity::High, SuggestedAction::BookVisit, true}, findings);
        }
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_discharge_visit_due_7() {
    return std::make_unique<DischargeVisitDue7>();
}

}  // namespace carehub::rules
