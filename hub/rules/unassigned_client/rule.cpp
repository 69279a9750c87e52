// Something is known of a client nobody is responsible for.
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{36};
constexpr core::RuleInfo kInfo{kId,
                               "UnassignedClient",
                               1,
                               "every alert of this client reaches nobody who knows them",
                               "assign a case manager",
                               "1 business day",
                               "Medium",
                               "Partners tell of this client, who has no case manager."};

constexpr int kRespondBusinessDays = 1;

void evaluate(const CaseView& view, Findings& findings) {
    const bool known = view.has_obligations() || !view.stays().empty() || !view.matters().empty();
    if (view.has_owner() || !known) {
        return;
    }
    Finding finding = about_client(kId, view, view.client().source);
    finding.severity = Severity::Medium;
    finding.audience = Audience::Supervisor;
    finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
    suggest(finding, SuggestedAction::Assign, Mover::CaseManager);
    findings.add(std::move(finding));
}

}  // namespace

std::unique_ptr<const core::Rule> make_unassigned_client() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
