// Discharged to the community, and nobody has spoken with the client in two business days.
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

constexpr RuleId kId{17};

constexpr core::RuleInfo kInfo{kId,
                               "DischargeContactDue",
                               1,
                               "the plan made in hospital is lost in the first days at home",
                               "reach the client, both ways",
                               "end of the second business day after discharge",
                               "High, Critical once late",
                               "{left}; no two-way contact is recorded yet."};

class DischargeContactDue final : public core::Rule {
public:
    DischargeContactDue() : Rule(kInfo) {}

    void evaluate(const core::CaseView& view, core::Findings& findings) const override {
        find_duties_at_risk(view,
                            {kId, DutyProgram::GeneralDischargeContact, Severity::High,
                             SuggestedAction::Contact, false},
                            findings);
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_discharge_contact_due() {
    return std::make_unique<DischargeContactDue>();
}

}  // namespace carehub::rules
