// Nobody has spoken with the client for as long as the model of case management allows: ACT 2 days,
// ICM 7, clinical 14, standard 30 (domain/07, design). Attempts do not count.
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/duties.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{34};
constexpr core::Setting kSettings[] = {{"act_days", 2, 1, 30, "days between contacts, ACT"},
                                       {"icm_days", 7, 1, 60, "days, intensive case management"},
                                       {"clinical_days", 14, 1, 90, "days, clinical"},
                                       {"standard_days", 30, 1, 180, "days, standard"}};
constexpr core::RuleInfo kInfo{
    kId,
    "ContactGap",
    1,
    "a client who is not spoken to drifts away unseen",
    "reach the client, both ways",
    "the interval of the model",
    "Medium, High for ACT; one step graver once late",
    "No two-way contact with the client is recorded for the interval of the model.",
    "",
    false,
    kSettings};

void evaluate(const CaseView& view, Findings& findings) {
    const bool act = view.client().model == CaseModel::Act;
    find_duties_at_risk(view,
                        {kId, DutyProgram::ContactInterval, act ? Severity::High : Severity::Medium,
                         SuggestedAction::Contact, true},
                        findings);
}

}  // namespace

std::unique_ptr<const core::Rule> make_contact_gap() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
