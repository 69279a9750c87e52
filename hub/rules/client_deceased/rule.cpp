// A partner tells that the client died. The one rule that speaks of such a client; all other alerts
// close. A hard fact: a person closes it, as NotAProblem when the client is alive.
#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{41};
constexpr core::RuleInfo kInfo{kId,
                               "ClientDeceased",
                               1,
                               "letters, calls and warrants go on to the family of a dead person",
                               "confirm it, and tell those who still expect the client; when the "
                               "client is alive, close it as NotAProblem",
                               "1 business day",
                               "High",
                               "A partner reports that the client died.",
                               "",
                               true};

constexpr int kRespondBusinessDays = 1;

void evaluate(const CaseView& view, Findings& findings) {
    if (view.client().deceased_at == kUnknownTime) {
        return;
    }
    Finding finding = about_client(kId, view, view.client().death);
    finding.severity = Severity::High;
    finding.latched = true;
    finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
    finding.material = Mix128().add(view.client().deceased_at).value();
    suggest(finding, SuggestedAction::Confirm, Mover::CaseManager);
    findings.add(std::move(finding));
}

}  // namespace

std::unique_ptr<const core::Rule> make_client_deceased() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
