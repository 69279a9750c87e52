// One event names identifiers of two clients: nothing of it was told to anybody. A person decides
// whether the two are one, or which identifier is wrong.
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{39};
constexpr core::RuleInfo kInfo{
    kId,
    "IdentityConflict",
    1,
    "what belongs to one person is told of another",
    "look at both clients; split the identifier that stands with the wrong one, or tell the "
    "partner "
    "which is wrong",
    "1 business day",
    "High",
    "{teller} sent an event whose identifiers belong to different clients. It was kept and told to "
    "nobody.",
    "",
    false,
    {},
    true};

void evaluate(const CaseView& view, Findings& findings) {
    for (const Matter& matter : view.matters()) {
        if (matter.kind != MatterKind::IdentityConflict || !lasts(matter)) {
            continue;
        }
        Finding finding = about(kId, matter);
        finding.severity = Severity::High;
        finding.audience = Audience::Supervisor;
        finding.act_by = view.business_days_from(matter.told_at, 1);
        suggest(finding, SuggestedAction::Review, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_identity_conflict() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
