// The client moves, or has left a home, while under supervision, and the officer was not told:
// standard condition 5 asks for ten days before the move, or 72 hours after it.
#include <algorithm>

#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{12};
constexpr core::RuleInfo kInfo{
    kId,
    "MoveNoticeDue",
    1,
    "an address the officer does not know is a violation of supervision",
    "tell the officer of the move, with consent, or have the client tell; record the notice",
    "10 days before the move, else 72 hours after it was known",
    "High",
    "The client leaves an address on {day} while under supervision, and no notice to the officer "
    "is recorded."};

using std::chrono::days;
constexpr days kBefore{10};
constexpr std::chrono::hours kAfter{72};
constexpr days kNoticeCounts{30};  ///< so long before the move a notice is about it
constexpr days kHistory{60};       ///< HMIS rows so old when told raise nothing (domain/04)

bool is_move(const Matter& matter) {
    return !matter.withdrawn && (matter.kind == MatterKind::Move ||
                                 (matter.kind == MatterKind::Enrollment && matter.until != kNever));
}

void evaluate(const CaseView& view, Findings& findings) {
    for (const Matter& move : view.matters()) {
        if (!is_move(move)) {
            continue;
        }
        const UtcTime at = move.kind == MatterKind::Move ? move.since : move.until;
        const Matter* term = view.supervised_at(std::max(at, view.now()));
        const bool told = std::ranges::any_of(view.matters(), [&](const Matter& notice) {
            return notice.kind == MatterKind::MoveNotice && notice.since >= at - kNoticeCounts;
        });
        findings.wake_at(at + kHistory + std::chrono::seconds{1});
        if (term == nullptr || told || move.told_at - at > kHistory || view.now() > at + kHistory) {
            continue;
        }
        Finding finding = about(kId, move);
        finding.matters.push_back(term->id);
        finding.severity = Severity::High;
        const UtcTime before = at - kBefore;
        finding.act_by = before > move.told_at ? before : std::max(at, move.told_at) + kAfter;
        suggest(finding, SuggestedAction::Notify, Mover::CaseManager, true);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_move_notice_due() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
