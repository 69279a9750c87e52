// A person said that an identifier was never this client's, and somebody was told under it: what
// went out concerned somebody else. A person decides what that needs; nothing else ends it.
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{40};
constexpr core::RuleInfo kInfo{
    kId,
    "LinkBreach",
    1,
    "people know about somebody else what they may not know",
    "see who received what (`carehub alerts show`); ask them to put it away, and decide whether it "
    "is a breach to be told",
    "1 business day",
    "High",
    "An identifier that was this client's since {day} is not: what was told under it concerned "
    "somebody else."};

constexpr int kRespondBusinessDays = 1;

void evaluate(const CaseView& view, Findings& findings) {
    for (const Matter& matter : view.matters()) {
        if (matter.kind != MatterKind::LinkBreach || !lasts(matter)) {
            continue;
        }
        Finding finding = about(kId, matter);
        finding.severity = Severity::High;
        finding.audience = Audience::Supervisor;
        finding.evidence = {matter.first, matter.last};
        finding.act_by = view.business_days_from(matter.told_at, kRespondBusinessDays);
        suggest(finding, SuggestedAction::Review, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_link_breach() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
