// The client went from a home into an institution (L5): the tenancy and the subsidy have clocks.
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/housing.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{30};
constexpr core::RuleInfo kInfo{
    kId,
    "HousingInterrupted",
    1,
    "the unit or the subsidy is lost while the client is away",
    "ask the provider how long the place is kept, and who pays meanwhile",
    "5 business days",
    "Medium",
    "{teller} reports that the client went from a home into an institution on {day}."};

constexpr int kRespondBusinessDays = 5;

void evaluate(const CaseView& view, Findings& findings) {
    const HousingStanding standing(view);
    for (const Matter* matter : standing.losses()) {
        if (matter->grade != HousingLossGrade::Interrupted || !standing.had_home(*matter) ||
            standing.is_out_of_institution(*matter)) {
            continue;
        }
        Finding finding = about(kId, *matter);
        finding.severity = Severity::Medium;
        finding.act_by = view.business_days_from(matter->told_at, kRespondBusinessDays);
        suggest(finding, SuggestedAction::Confirm, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_housing_interrupted() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
