// An adapter found its feed wrong: a list that lost too much, control ids used again, rows that do
// not parse. It ends when the adapter finds it right again, or a person closes it.
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{45};
constexpr core::RuleInfo kInfo{kId,
                               "FeedAnomaly",
                               1,
                               "what the feed tells or leaves out is not what is so",
                               "ask the partner; compare with the file",
                               "1 business day",
                               "Medium",
                               "{teller}: the feed was found wrong on {day}.",
                               "",
                               false,
                               {},
                               true};

void evaluate(const CaseView& view, Findings& findings) {
    for (const Matter& matter : view.matters()) {
        if (matter.kind != MatterKind::FeedAnomaly || !lasts(matter)) {
            continue;
        }
        Finding finding = about(kId, matter);
        finding.severity = Severity::Medium;
        finding.audience = Audience::Integration;
        finding.act_by = view.business_days_from(matter.told_at, 1);
        suggest(finding, SuggestedAction::Review, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_feed_anomaly() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
