// Two obligations at one time: the client can keep only one of them.
#include <algorithm>

#include "hub/rules/shared/pairs.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{1};
constexpr std::chrono::hours kCriticalWithin{24};
constexpr std::uint8_t kHardRank = 2;  ///< court, supervision: liberty can hang on it

constexpr core::RuleInfo kInfo{
    kId,
    "ScheduleConflict",
    1,
    "the client misses one of two obligations",
    "move the movable one, or let the other party know beforehand",
    "1 business day before the earlier start, at least 2 hours",
    "High with a court or supervision obligation, Critical within 24 hours; "
    "else Medium; Low while an hour is unknown",
    "{1} overlaps {2} by {minutes}.",
    "{1} may collide with {2}: an hour is not known."};

class ScheduleConflict final : public core::Rule {
public:
    ScheduleConflict() : Rule(kInfo) {}

    void evaluate(const CaseView& view, Findings& findings) const override {
        const std::vector<Block> blocks = upcoming_blocks(view, findings);
        for (auto first = blocks.begin(); first != blocks.end(); ++first) {
            for (auto second = std::next(first);
                 second != blocks.end() && second->start < first->end; ++second) {
                consider(view, findings, *first, *second);
            }
        }
    }

private:
    static void consider(const CaseView& view, Findings& findings, const Block& first,
                         const Block& second) {
        if (looks_like_one(view, *first.obligation, *second.obligation) &&
            !are_told_apart(view, first, second)) {
            return;
        }
        Finding finding =
            pair_finding(view, kId, first, second, severity(view, findings, first, second));
        const auto overlap = std::min(first.end, second.end) - second.start;
        finding.minutes =
            static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::minutes>(overlap).count());
        for (const Block* block : {&second, &first}) {
            if (block->uncertain) {
                finding.suggestions.insert(
                    finding.suggestions.begin(),
                    {SuggestedAction::AskTime, block->obligation->id, finding.act_by,
                     Mover::CaseManager, false, view.rank(*block->obligation)});
            }
        }
        findings.wake_at(first.start);
        findings.add(std::move(finding));
    }

    static Severity severity(const CaseView& view, Findings& findings, const Block& first,
                             const Block& second) {
        if (first.uncertain || second.uncertain) {
            return Severity::Low;
        }
        if (std::min(view.rank(*first.obligation), view.rank(*second.obligation)) > kHardRank) {
            return Severity::Medium;
        }
        findings.wake_at(first.start - kCriticalWithin);
        return first.start - view.now() <= kCriticalWithin ? Severity::Critical : Severity::High;
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_schedule_conflict() {
    return std::make_unique<ScheduleConflict>();
}

}  // namespace carehub::rules
