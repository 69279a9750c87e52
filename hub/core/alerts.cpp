#include "hub/core/alerts.hpp"

#include <algorithm>
#include <optional>

#include "hub/core/alert_book.hpp"
#include "hub/core/follow_ups.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/permit.hpp"
#include "hub/core/rehearsal.hpp"
#include "hub/core/repartition.hpp"

namespace carehub::core {
namespace {

/// When time alone next matters to this case: what the rules asked, shelves, and the days on which
/// consents and agreements begin or end.
UtcTime next_wake(const State& state, const Case& subject, UtcTime now, UtcTime rules_wake) {
    UtcTime wake = rules_wake;
    const auto consider = [&](UtcTime time) {
        if (time > now) {
            wake = std::min(wake, time);
        }
    };
    bool any_alert = false;
    for (const Alert& alert : subject.alerts) {
        any_alert = any_alert || is_open(alert.state) || alert.state == AlertState::Suppressed;
        if (alert.state == AlertState::Shelved) {
            consider(alert.shelved_until);
        }
        if (alert.claimed_by.value != 0) {
            consider(alert.claimed_until);
        }
    }
    if (!any_alert) {
        return wake;
    }
    const auto consider_day = [&](Date day) { consider(beginning_of(state, subject, day)); };
    for (const Consent& consent : subject.consents) {
        if (const auto end = end_of(consent)) {
            consider_day(*end);
        }
        consider_day(consent.signed_on);
        // A kind of partner that this entry is the first to name is known as one from the next on.
        const auto is_new = [&state](Symbol named) { return !state.knows(named); };
        if (is_new(consent.discloser) || std::ranges::any_of(consent.recipients, is_new)) {
            consider(now + std::chrono::microseconds{1});
        }
    }
    for (const auto& [number, agreement] : state.agreements) {
        consider_day(agreement.valid_from);
        consider_day(agreement.valid_until + std::chrono::days{1});
    }
    return wake;
}

void evaluate(const RuleSet& rules, const CaseView& view, Findings& findings) {
    const bool deceased = view.client().deceased_at != kUnknownTime;
    const bool is_office = view.client().id.is_none();
    for (const auto& rule : rules) {
        const RuleInfo& info = rule->info();
        // Glossary 6: all alerts of a client who died close.
        if (info.about_office != is_office || (deceased && !info.outlives_client) ||
            view.setting(info.id, kEnabledSetting, 1) == 0) {
            continue;
        }
        rule->evaluate(view, findings);
    }
}

}  // namespace

bool is_open(AlertState state) {
    return state == AlertState::Raised || state == AlertState::Acknowledged ||
           state == AlertState::Shelved;
}

std::chrono::hours shelve_max(Severity severity) {
    switch (severity) {
        case Severity::Critical: return kShelveCriticalMax;
        case Severity::High: return kShelveHighMax;
        case Severity::Medium: return kShelveMediumMax;
        case Severity::Low:
        case Severity::Unset: break;
    }
    return kShelveLowMax;
}

void settle(Draft& draft, Case& subject, const RuleSet& rules, Cause cause) {
    std::optional<Case> live;
    if (has_rehearsed(draft.before(), subject)) {
        live = without_rehearsed(draft.before(), subject);
    }
    const CaseView view(draft.before(), live ? *live : subject, draft.now());
    derive_duties(view, subject);
    if (live) {
        live->duties = subject.duties;
    }
    Findings findings(draft.now());
    const ClientId client = subject.client.id;
    const bool merged = effective_after(draft, client) != client;  // another case has it all
    if (!merged && subject.client.erased.value == 0) {
        evaluate(rules, view, findings);
    }
    AlertBook book(draft, subject, view, cause);
    book.compare(findings);
    subject.client.wake_at = next_wake(draft.before(), subject, draft.now(),
                                       std::min(findings.wake_at(), book.next_turn()));
}

}  // namespace carehub::core
