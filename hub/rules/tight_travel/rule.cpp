// Two obligations one after the other, too far apart to reach the second in time.
#include <algorithm>

#include "hub/rules/shared/pairs.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{2};
constexpr std::uint8_t kHardRank = 2;
/// No way and no buffer take longer: another city without transport, and a court.
constexpr std::chrono::hours kFarthest{6};

constexpr core::RuleInfo kInfo{
    kId,
    "TightTravel",
    1,
    "the client comes late to the second obligation",
    "arrange transport, or move the movable one",
    "1 business day before the earlier start, at least 2 hours",
    "High with a court or supervision obligation, else Medium",
    "Between {1} and {2} the client needs {minutes} to travel and get in, and has less."};

class TightTravel final : public core::Rule {
public:
    TightTravel() : Rule(kInfo) {}

    void evaluate(const CaseView& view, Findings& findings) const override {
        std::vector<Block> blocks = upcoming_blocks(view, findings);
        std::erase_if(blocks, [](const Block& block) { return block.uncertain; });
        for (auto first = blocks.begin(); first != blocks.end(); ++first) {
            for (auto second = std::next(first); second != blocks.end(); ++second) {
                if (second->start - first->end > kFarthest) {
                    break;  // ordered by start: none of the later ones is nearer
                }
                consider(view, findings, *first, *second);
            }
        }
    }

private:
    static void consider(const CaseView& view, Findings& findings, const Block& first,
                         const Block& second) {
        const auto gap = second.start - first.end;
        const Obligation& to = *second.obligation;
        if (gap < Micros{0} || view.same_site(*first.obligation, to)) {
            return;
        }
        const auto needed = view.travel(*first.obligation, to) + view.arrival_buffer(to);
        if (gap >= needed) {
            return;
        }
        const std::uint8_t rank = std::min(view.rank(*first.obligation), view.rank(to));
        Finding finding = pair_finding(view, kId, first, second,
                                       rank <= kHardRank ? Severity::High : Severity::Medium);
        finding.minutes = static_cast<std::uint32_t>(needed.count());
        finding.suggestions.insert(finding.suggestions.begin(),
                                   {SuggestedAction::ArrangeTransport, to.id, finding.act_by,
                                    Mover::CaseManager, false, view.rank(to)});
        findings.wake_at(first.start);
        findings.add(std::move(finding));
    }
};

}  // namespace

std::unique_ptr<const core::Rule> make_tight_travel() { return std::make_unique<TightTravel>(); }

}  // namespace carehub::rules
