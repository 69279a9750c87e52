// The client left hospital or emergency care against advice: reach them before anything else.
#include <algorithm>

#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{24};
constexpr core::RuleInfo kInfo{
    kId,
    "LeftAgainstAdvice",
    1,
    "nothing was arranged for the time after, and the reason to stay is still there",
    "reach the client, both ways",
    "next business day",
    "High",
    "{left}, against advice; no two-way contact is recorded yet."};

constexpr int kRespondBusinessDays = 1;
constexpr std::chrono::days kNews{30};

/// Back in care since, or in other care that began during the stay and lasted longer.
bool is_back(const CaseView& view, const Stay& stay) {
    return std::ranges::any_of(view.stays(), [&](const Stay& other) {
        return !other.custody && other.encounter_class != EncounterClass::Outpatient &&
               !other.cancelled && other.id != stay.id && other.start >= stay.start &&
               other.end > stay.end;
    });
}

void evaluate(const CaseView& view, Findings& findings) {
    for (const Stay& stay : view.stays()) {
        const bool left = !stay.cancelled && !stay.custody && stay.end != kNever &&
                          stay.disposition == Disposition::AgainstAdvice;
        if (!left || stay.end_received_at - stay.end > kNews || view.now() > stay.end + kNews ||
            view.contacted_since(stay.end) || is_back(view, stay)) {
            continue;
        }
        findings.wake_at(stay.end + kNews + std::chrono::seconds{1});
        Finding finding = about(kId, stay);
        finding.severity = Severity::High;
        finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
        suggest(finding, SuggestedAction::Contact, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_left_against_advice() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
