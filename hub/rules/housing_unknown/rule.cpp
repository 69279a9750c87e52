// The client left permanent housing and nobody knows where to (L6).
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/housing.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{31};
constexpr core::RuleInfo kInfo{
    kId,
    "HousingUnknown",
    1,
    "a client who lost a home is not looked for",
    "find out where the client lives now, and have it recorded",
    "3 business days",
    "Medium",
    "{teller} reports that the client left housing on {day}; where to is not known."};

constexpr int kRespondBusinessDays = 3;

void evaluate(const CaseView& view, Findings& findings) {
    const HousingStanding standing(view);
    for (const Matter* matter : standing.losses()) {
        if (matter->grade != HousingLossGrade::Unknown || standing.is_known(*matter)) {
            continue;
        }
        Finding finding = about(kId, *matter);
        finding.severity = Severity::Medium;
        finding.act_by = view.business_days_from(matter->told_at, kRespondBusinessDays);
        suggest(finding, SuggestedAction::Contact, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_housing_unknown() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
