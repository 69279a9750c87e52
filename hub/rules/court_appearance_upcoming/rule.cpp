// A hearing within a week that nobody has told the client of since it got its present time.
//
// Reminders the day before halve failures to appear; the hub does not remind clients itself, it
// makes sure that somebody does. `ClientInformed` clears it, or closing an alert about that hearing
// with that outcome. The event names no hearing: it is taken to be of the next two weeks, since a
// hearing further off that nobody is reminded of costs more than one reminder too many.
#include <algorithm>

#include "hub/rules/shared/about.hpp"
#include "hub/rules/shared/pairs.hpp"

namespace carehub::rules {
namespace {

using core::CaseView;
using core::Findings;

constexpr RuleId kId{4};
constexpr core::Setting kSettings[] = {
    {"ahead_days", 7, 1, 30, "days before the hearing"},
    {"near_days", 2, 0, 7, "days before it from which it is High"}};
constexpr core::RuleInfo kInfo{kId,
                               "CourtAppearanceUpcoming",
                               1,
                               "a hearing the client does not know of becomes a failure to appear",
                               "tell the client when and where to be, and record it",
                               "1 business day before the hearing",
                               "Medium, High two days before",
                               "{1} is ahead, and nothing says that the client was told.",
                               "",
                               false,
                               kSettings};

/// How far ahead of the telling a hearing may lie that the client was told of.
constexpr std::chrono::days kToldReach{14};

/// Told of this date, in whatever order the hub heard of the two.
bool is_told(const CaseView& view, const Obligation& hearing, std::chrono::days ahead_days) {
    const UtcTime told = view.client().informed_at;
    return told != kUnknownTime && told >= hearing.booked_at &&
           hearing.start - told <= std::max(ahead_days, kToldReach);
}

/// A person closed an alert about this hearing alone, at this time and place, by telling the client.
/// To have seen an alert that only informs is not to have told the client.
bool is_told_by_closing(const CaseView& view, const Finding& finding) {
    return std::ranges::any_of(view.alerts(), [&](const Alert& alert) {
        const bool seen_only = alert.finding.informing && alert.acknowledged_at != kUnknownTime;
        return alert.state == AlertState::Closed && alert.outcome == AlertOutcome::ClientInformed &&
               !seen_only && alert.finding.obligations == finding.obligations &&
               alert.finding.material == finding.material &&
               (alert.cleared_at == kUnknownTime ||
                alert.cleared_at >= view.obligation(finding.obligations.front())->booked_at);
    });
}

void look_ahead(const CaseView& view, ObligationStatus status, Findings& findings) {
    const std::chrono::days ahead_days{setting_of(view, kInfo, 0)};
    const std::chrono::days near_days{setting_of(view, kInfo, 1)};
    for (const Obligation* hearing : view.obligations(status)) {
        const bool ahead = hearing->obligation_class == ObligationClass::CourtAppearance &&
                           latest_start(*hearing) > view.now() && stands(view, *hearing);
        if (!ahead || is_told(view, *hearing, ahead_days)) {
            continue;
        }
        const auto left = hearing->start - view.now();
        findings.wake_at(hearing->start - ahead_days);
        findings.wake_at(hearing->start - near_days);
        findings.wake_at(latest_start(*hearing));
        if (left > ahead_days) {
            break;
        }
        Finding finding = about(kId, *hearing);
        if (is_told_by_closing(view, finding)) {
            continue;
        }
        finding.severity = left <= near_days ? Severity::High : Severity::Medium;
        finding.act_by = view.act_before(hearing->start);
        suggest(finding, SuggestedAction::Inform, Mover::CaseManager);
        findings.add(std::move(finding));
    }
}

void evaluate(const CaseView& view, Findings& findings) {
    for (const ObligationStatus status : kMayStand) {
        look_ahead(view, status, findings);
    }
}

}  // namespace

std::unique_ptr<const core::Rule> make_court_appearance_upcoming() {
    return make_rule(kInfo, evaluate);
}

}  // namespace carehub::rules
