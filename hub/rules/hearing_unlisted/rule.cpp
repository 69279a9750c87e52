// A hearing has gone from the court's list before its date: it may be moved, or missing from a
// faulty list. It is never taken for cancelled (domain/05).
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{5};
constexpr core::RuleInfo kInfo{
    kId,
    "HearingUnlisted",
    1,
    "the client stays away from a hearing that takes place, or comes to one that does not",
    "ask the clerk; until then treat the hearing as standing",
    "before the hearing",
    "High",
    "{1} is no longer in the list of the court. Nobody said that it is cancelled."};

/// Then the question is not whether to appear any more.
constexpr std::chrono::days kAskedAfter{30};

void evaluate(const CaseView& view, Findings& findings) {
    for (const Obligation* hearing : view.obligations(ObligationStatus::Unlisted)) {
        findings.wake_at(hearing->start + kAskedAfter);
        if (view.now() >= hearing->start + kAskedAfter) {
            continue;
        }
        Finding finding = about(kId, *hearing);
        finding.severity = Severity::High;
        finding.act_by = view.act_before(hearing->start);
        suggest(finding, SuggestedAction::Confirm, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_hearing_unlisted() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
