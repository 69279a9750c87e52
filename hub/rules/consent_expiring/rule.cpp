// A consent ends within thirty days and no other one takes its place.
#include <algorithm>

#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{37};
constexpr core::Setting kSettings[] = {
    {"ahead_days", 30, 1, 120, "days before it ends"},
    {"respond_days", 7, 0, 60, "days before it ends by which to act"}};
constexpr core::RuleInfo kInfo{kId,
                               "ConsentExpiring",
                               1,
                               "what the partners tell stops reaching the people who act on it",
                               "ask the client whether to renew it",
                               "7 days before it ends",
                               "Medium",
                               "A consent of the client ends soon, and none follows it.",
                               "",
                               false,
                               kSettings};

using std::chrono::days;
/// Says the same for longer.
bool follows(const Consent& other, const Consent& ending) {
    return other.id != ending.id && other.revoked_at == kUnknownTime && other.kind == ending.kind &&
           other.discloser == ending.discloser && other.recipients == ending.recipients &&
           (!other.expires || *other.expires > *ending.expires);
}

void evaluate(const CaseView& view, Findings& findings) {
    const days ahead{setting_of(view, kInfo, 0)};
    const days respond_before{setting_of(view, kInfo, 1)};
    for (const Consent& consent : view.consents()) {
        if (!consent.expires || consent.revoked_at != kUnknownTime) {
            continue;
        }
        const UtcTime ends = view.start_of_day(view.client().zone, *consent.expires);
        findings.wake_at(ends - ahead);
        findings.wake_at(ends);
        const bool soon = ends > view.now() && ends - view.now() <= ahead;
        const bool followed = std::ranges::any_of(
            view.consents(), [&](const Consent& other) { return follows(other, consent); });
        if (!soon || followed) {
            continue;
        }
        Finding finding = about_client(kId, view, consent.source);
        finding.subject.value = consent.id.value;
        finding.severity = Severity::Medium;
        finding.act_by = std::max(ends - respond_before, view.now());
        finding.material = Mix128().add(ends).value();
        suggest(finding, SuggestedAction::Renew, Mover::Client);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_consent_expiring() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
