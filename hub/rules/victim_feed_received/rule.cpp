// An adapter was offered rows of a victim service provider. They were refused before anything was
// stored (VAWA); the feed has to be stopped and purged at the partner.
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{43};
constexpr core::RuleInfo kInfo{
    kId,
    "VictimFeedReceived",
    1,
    "people who hide from violence can be found",
    "have the partner stop the feed and purge the file; then tell the hub that it is resolved",
    "1 hour of duty time",
    "Critical",
    "{teller} offered rows of a victim service provider. They were refused.",
    "",
    false,
    {},
    true};

void evaluate(const CaseView& view, Findings& findings) {
    for (const Matter& matter : view.matters()) {
        if (matter.kind != MatterKind::VictimFeed || !lasts(matter)) {
            continue;
        }
        Finding finding = about(kId, matter);
        finding.severity = Severity::Critical;
        finding.audience = Audience::Integration;
        finding.act_by = view.duty_time_from(matter.told_at, std::chrono::minutes{60});
        suggest(finding, SuggestedAction::Review, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_victim_feed_received() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
