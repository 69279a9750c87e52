// A feed that says nothing though it usually would: absence of news is not attendance.
//
// The rhythm is learned by the hour of the week (core/rhythm.hpp); a pause, a removal and a
// rehearsal are no silence.
#include "hub/base/mix.hpp"
#include "hub/rules/shared/about.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{44};
constexpr core::RuleInfo kInfo{
    kId,
    "FeedSilent",
    1,
    "what happened to clients meanwhile is not known, and nothing says so",
    "ask the partner; until then check by telephone what was expected of them",
    "4 hours of duty time",
    "High",
    "Nothing comes of the feed {feed}, though it usually would by now.",
    "",
    false,
    {},
    true};
constexpr std::chrono::minutes kRespondWithin{4 * 60};
constexpr std::chrono::days kLookAgain{1};

void evaluate(const CaseView& view, Findings& findings) {
    for (const auto& [key, feed] : view.feeds()) {
        const UtcTime silent = view.silent_at(feed);
        // A feed of which too little is known is looked at again when more may be.
        findings.wake_at(silent == kNever ? view.now() + kLookAgain : silent);
        if (silent > view.now()) {
            continue;
        }
        Finding finding = about_client(kId, view, {});
        finding.subject.value = Mix128()
                                    .add(std::uint64_t{feed.partner.value})
                                    .add(std::uint64_t{feed.name.value})
                                    .value();
        finding.severity = Severity::High;
        finding.audience = Audience::Integration;
        finding.about = feed.name.value;
        finding.partner = feed.partner;
        finding.act_by = view.duty_time_from(silent, kRespondWithin);
        finding.material = Mix128().add(feed.last_at).value();
        suggest(finding, SuggestedAction::Confirm, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_feed_silent() { return make_rule(kInfo, evaluate); }

}  // namespace carehub::rules
