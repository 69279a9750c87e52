// The client is in custody. Informing: it ends when it is seen; what is scheduled meanwhile is
// ClientUnavailable's to tell.
#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{26};
constexpr core::RuleInfo kInfo{
    kId,
    "CustodyStarted",
    1,
    "treatment, housing and benefits stop, some within days",
    "let counsel and the programmes know, as far as consent allows; plan for the release",
    "1 business day",
    "High",
    "{held}."};

constexpr int kRespondBusinessDays = 1;

void evaluate(const CaseView& view, Findings& findings) {
    for (const Stay& stay : view.stays()) {
        if (!stay.custody || stay.cancelled || stay.end != kNever) {
            continue;
        }
        Finding finding = about(kId, stay);
        finding.severity = Severity::High;
        finding.informing = true;
        finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
        finding.material = Mix128().add(stay.start).value();
        suggest(finding, SuggestedAction::CallCounsel, Mover::CaseManager, true);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_custody_started() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
