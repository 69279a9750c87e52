// Two feeds tell of what looks like one appointment: a person says whether it is one.
#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/pairs.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{3};
constexpr core::RuleInfo kInfo{
    kId,
    "PossibleDuplicate",
    1,
    "the client is told of two appointments, or one of them is kept free in vain",
    "ask either partner whether the two are one; cancel or correct the wrong one",
    "5 business days",
    "Low",
    "{1} and {2} may be one appointment, told by two partners."};

constexpr int kRespondBusinessDays = 5;

void evaluate(const CaseView& view, Findings& findings) {
    const std::vector<Block> blocks = upcoming_blocks(view, findings);
    for (auto first = blocks.begin(); first != blocks.end(); ++first) {
        for (auto second = std::next(first); second != blocks.end(); ++second) {
            if (second->start - first->start > kSameStart) {
                break;  // ordered by start: none of the later ones is as near
            }
            if (!looks_like_one(view, *first->obligation, *second->obligation)) {
                continue;
            }
            Finding finding = pair_finding(view, kId, *first, *second, Severity::Low);
            finding.act_by = view.business_days_from(view.now(), kRespondBusinessDays);
            finding.suggestions.clear();
            suggest(finding, SuggestedAction::ConfirmDuplicate, Mover::CaseManager);
            findings.wake_at(first->start);
            findings.add(std::move(finding));
        }
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_possible_duplicate() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
