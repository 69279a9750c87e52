// A home was lost (domain/04, L1 to L3). A permanent place clears it; a temporary one lowers it to
// HousingAtRisk; else a person closes it.
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/housing.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{28};
constexpr core::RuleInfo kInfo{
    kId,
    "HousingLost",
    1,
    "without an address treatment, supervision and benefits fail one after the other",
    "find a place for tonight; tell the programmes that need an address",
    "same business day",
    "Critical when it is tonight, else High",
    "{teller} reports that the client lost their home on {day}."};

/// Feeds tell by night: a loss of yesterday is a night outside today.
constexpr std::chrono::days kTonight{2};

void evaluate(const CaseView& view, Findings& findings) {
    const HousingStanding standing(view);
    for (const Matter* loss : standing.losses()) {
        if (loss->grade != HousingLossGrade::Lost || standing.is_placed(*loss) ||
            standing.is_sheltered(*loss)) {
            continue;
        }
        Finding finding = about(kId, *loss);
        const Matter* outside = standing.outside_again(*loss);
        const Matter& night = outside != nullptr ? *outside : *loss;
        const bool tonight = view.now() - night.since <= kTonight;
        finding.severity = tonight ? Severity::Critical : Severity::High;
        findings.wake_at(night.since + kTonight + std::chrono::seconds{1});
        finding.act_by = view.same_business_day(night.told_at);
        suggest(finding, SuggestedAction::FindPlace, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_housing_lost() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
