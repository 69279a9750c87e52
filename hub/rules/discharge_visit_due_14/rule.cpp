// Discharged from a general unit, and no visit within fourteen days.
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

constexpr RuleId kId{19};

constexpr core::RuleInfo kInfo{kId,
                               "DischargeVisitDue14",
                               1,
                               "readmission that a visit could have prevented",
                               "book a visit inside the window",
                               "day 14 after discharge",
                               "Medium, High once late",
                               "{left}; no follow-up visit is recorded yet."};

class DischargeVisitDue14 final : public core::Rule {
public:
    DischargeVisitDue14() : Rule(kInfo) {}

    void evaluate(const core::CaseView& view, core::Findings& findings) const override {
        find_duties_at_risk(view,
                            {kId, DutyProgram::GeneralDischargeVisit, Severity::Medium,
                             SuggestedAction::BookVisit, true},
                            findings);
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_discharge_visit_due_14() {
    return std::make_unique<DischargeVisitDue14>();
}

}  // namespace carehub::rules
