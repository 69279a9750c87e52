// The client took a consent back. Routing has stopped already; informing.
#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{38};
constexpr core::RuleInfo kInfo{
    kId,
    "ConsentRevoked",
    1,
    "someone goes on telling what the client no longer allows",
    "tell the people who were told under it, and look for another way with the client",
    "1 business day",
    "Medium",
    "The client revoked a consent; nothing is told under it any more."};

constexpr int kRespondBusinessDays = 1;
constexpr std::chrono::days kNews{14};

void evaluate(const CaseView& view, Findings& findings) {
    for (const Consent& consent : view.consents()) {
        if (consent.revoked_at == kUnknownTime || view.now() - consent.revoked_at > kNews) {
            continue;
        }
        findings.wake_at(consent.revoked_at + kNews + std::chrono::seconds{1});
        Finding finding = about_client(kId, view, consent.source);
        finding.subject.value = consent.id.value;
        finding.severity = Severity::Medium;
        finding.informing = true;
        finding.act_by = view.business_days_from(consent.revoked_at, kRespondBusinessDays);
        finding.material = Mix128().add(consent.revoked_at).value();
        suggest(finding, SuggestedAction::Review, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_consent_revoked() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
