// Somebody read, in an emergency, about a client that is not its own, and told why: the supervisor
// hears of it at once, and looks whether the reason holds.
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{46};
constexpr core::RuleInfo kInfo{
    kId,
    "BreakGlass",
    1,
    "somebody who does not work on the case knows about the client",
    "see who it was and why (`carehub alerts show`, `carehub trail client --break-glass`), and "
    "decide whether the reason holds",
    "1 business day",
    "High",
    "Somebody who is not this client's case manager read about the client on {day}, for a reason "
    "that was told."};

constexpr int kRespondBusinessDays = 1;

void evaluate(const CaseView& view, Findings& findings) {
    for (const Matter& matter : view.matters()) {
        if (matter.kind != MatterKind::BreakGlass || !lasts(matter)) {
            continue;
        }
        Finding finding = about(kId, matter);
        finding.severity = Severity::High;
        finding.informing = true;
        finding.audience = Audience::Supervisor;
        finding.evidence = {matter.first};
        finding.act_by = view.business_days_from(matter.told_at, kRespondBusinessDays);
        suggest(finding, SuggestedAction::Review, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_break_glass() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
