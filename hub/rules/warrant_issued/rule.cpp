// The court issued a warrant. A hard fact: it stands until a person closes it, and says so itself
// when the court clears the warrant.
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{8};
constexpr core::RuleInfo kInfo{kId,
                               "WarrantIssued",
                               1,
                               "the client can be arrested at any contact with the police",
                               "reach counsel and the client; ask how the warrant can be recalled",
                               "1 hour of duty time",
                               "Critical",
                               "{teller} issued a warrant on {day}."};

constexpr std::chrono::minutes kRespondWithin{60};

void evaluate(const CaseView& view, Findings& findings) {
    for (const Matter& warrant : view.matters()) {
        if (warrant.kind != MatterKind::Warrant || !lasts(warrant)) {
            continue;
        }
        Finding finding = about(kId, warrant);
        finding.severity = Severity::Critical;
        finding.latched = true;
        finding.act_by = view.duty_time_from(warrant.told_at, kRespondWithin);
        suggest(finding, SuggestedAction::CallCounsel, Mover::CaseManager, true);
        suggest(finding, SuggestedAction::Contact, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_warrant_issued() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
