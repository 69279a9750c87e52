// The client left custody, and nobody has spoken with them since: the first two weeks are the most
// dangerous ones.
#include <algorithm>

#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{27};
constexpr core::Setting kSettings[] = {
    {"business_days", 1, 1, 10, "business days within which to reach the client"}};
constexpr core::RuleInfo kInfo{
    kId,
    "CustodyReleased",
    1,
    "overdose and loss of housing are most likely in the days after release",
    "reach the client, both ways; see to medication and a place to sleep",
    "1 business day",
    "High",
    "Released from custody on {ended}; no two-way contact is recorded yet.",
    "",
    false,
    kSettings};

constexpr std::chrono::days kNews{30};
/// A booking of which nothing was heard for so long, and that never ended, lost its release.
constexpr std::chrono::days kBelieved{365};

/// Held again since, or held all the time under another booking.
bool is_held(const CaseView& view, const Stay& stay) {
    return std::ranges::any_of(view.stays(), [&](const Stay& other) {
        const bool forgotten =
            other.end == kNever && other.version.asserted_at + kBelieved < stay.end;
        return other.custody && !other.cancelled && other.id != stay.id && other.end > stay.end &&
               !forgotten;
    });
}

void evaluate(const CaseView& view, Findings& findings) {
    const int respond = static_cast<int>(setting_of(view, kInfo, 0));
    for (const Stay& stay : view.stays()) {
        const bool released = stay.custody && !stay.cancelled && stay.end <= view.now();
        if (!released || view.now() > stay.end + kNews || view.contacted_since(stay.end) ||
            is_held(view, stay)) {
            continue;
        }
        findings.wake_at(stay.end + kNews + std::chrono::seconds{1});
        Finding finding = about(kId, stay);
        finding.severity = Severity::High;
        // Since when the client was held is no news of the release: its time to act runs on.
        finding.material = Mix128().add(stay.end).value();
        finding.act_by = view.business_days_from(view.now(), respond);
        suggest(finding, SuggestedAction::Contact, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_custody_released() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
