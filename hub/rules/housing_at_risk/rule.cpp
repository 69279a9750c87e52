// A home may be lost soon (L7, L8), a landlord gave notice, or what was lost is replaced by a
// temporary place. It ends when the tenancy is secured or the named day is over.
#include <algorithm>

#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/housing.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{29};
constexpr core::RuleInfo kInfo{
    kId,
    "HousingAtRisk",
    1,
    "a home that could have been kept is lost",
    "work with landlord, provider and client on keeping it; look for another place beside",
    "3 business days, never after the named day",
    "High",
    "{teller} reports that the home is at risk since {day}{until}."};

constexpr int kRespondBusinessDays = 3;

bool is_at_risk(const Matter& matter, const HousingStanding& standing) {
    if (matter.kind == MatterKind::TenancyNotice || matter.grade == HousingLossGrade::AtRisk) {
        return !standing.is_secured(matter);
    }
    return (matter.grade == HousingLossGrade::Unstable && !standing.is_placed(matter)) ||
           (matter.grade == HousingLossGrade::Lost && standing.is_sheltered(matter));
}

void evaluate(const CaseView& view, Findings& findings) {
    const HousingStanding standing(view);
    for (const Matter* matter : standing.losses()) {
        if (!is_at_risk(*matter, standing)) {
            continue;
        }
        findings.wake_at(matter->due_at);
        if (matter->due_at != kUnknownTime && view.now() >= matter->due_at) {
            continue;  // expired: what came of it is told as a loss
        }
        Finding finding = about(kId, *matter);
        finding.severity = Severity::High;
        finding.act_by = view.business_days_from(matter->told_at, kRespondBusinessDays);
        if (matter->due_at != kUnknownTime) {
            finding.act_by = std::min(finding.act_by, matter->due_at);
        }
        suggest(finding, SuggestedAction::FindPlace, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_housing_at_risk() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
