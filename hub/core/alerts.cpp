#include "hub/core/alerts.hpp"

#include <algorithm>
#include <optional>

#include "hub/base/limits.hpp"
#include "hub/core/follow_ups.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/lanes.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/permit.hpp"
#include "hub/core/rehearsal.hpp"

namespace carehub::core {
namespace {

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

/// One client's alerts while one input is decided.
class AlertBook {
public:
    AlertBook(Draft& draft, Case& subject, Cause cause)
        : draft_(draft), subject_(subject), cause_(cause) {}

    void compare(std::vector<Finding>& findings) {
        if (subject_.client.deceased_at != kUnknownTime) {
            findings.clear();  // glossary 6: all alerts of a client who died close
        }
        for (Finding& finding : findings) {
            meet(std::move(finding));
        }
        if (subject_.alerts.empty()) {
            return;
        }
        for (Alert& alert : subject_.alerts.edit()) {
            if (!is_met(alert)) {
                lose(alert);
            }
        }
        forget_old();
        hand_over();
    }

private:
    /// What happens during a stay concerns each commitment by itself: one that the owner may not
    /// see does not hide the others. Of a pair both have to be seen.
    void drop_unseen(Finding& finding) const {
        if (finding.stays.empty()) {
            return;
        }
        Finding seen = finding;
        for (const ObligationId id : finding.obligations) {
            const Obligation* obligation = find(subject_.obligations, id);
            if (obligation == nullptr ||
                owner_may_see(draft_.before(), subject_, disclosed_of(*obligation), draft_.now())) {
                continue;
            }
            std::erase(seen.obligations, id);
            std::erase(seen.evidence, obligation->last);
            std::erase_if(seen.suggestions,
                          [id](const Suggestion& s) { return s.obligation == id; });
        }
        if (!seen.obligations.empty()) {
            finding = std::move(seen);
        }
    }

    /// The situation holds.
    void meet(Finding finding) {
        drop_unseen(finding);
        Alert* alert = find_alert(finding);
        if (alert == nullptr && subject_.alerts.size() >= kAlertsPerClientMax) {
            return;  // a client with so many is a feed's mistake; the first of them tell it
        }
        if (alert == nullptr) {
            alert = add(finding);
        }
        met_.push_back(alert->id);
        const bool graver = finding.severity < alert->finding.severity;
        const bool material = !(alert->finding.material == finding.material) || graver;
        const bool news = alert->finding.evidence != finding.evidence;
        const bool known = alert->state != AlertState::Unset;
        if (is_open(alert->state) && !material) {
            finding.act_by = alert->finding.act_by;  // the time to act runs from the raise
            finding.suggestions = alert->finding.suggestions;
        }
        if (alert->state == AlertState::Shelved && graver) {
            alert->shelved_until =
                std::min(alert->shelved_until, draft_.now() + shelve_max(finding.severity));
        }
        if (known && !(alert->finding == finding)) {
            alert->finding = std::move(finding);
            alert->updated_at = draft_.now();
            alert->count += news && is_open(alert->state) ? 1U : 0U;
        }
        advance(*alert, material);
    }

    void advance(Alert& alert, bool material) {
        switch (alert.state) {
            case AlertState::Unset: raise_or_suppress(alert); break;
            case AlertState::Suppressed:
                // 13-decisions, backfill: what was past when it was told stays past.
                if (!alert.history || material) {
                    raise_or_suppress(alert);
                }
                break;
            case AlertState::Raised:
            case AlertState::Acknowledged:
            case AlertState::Shelved: keep(alert, material); break;
            case AlertState::ClearedUnseen: reopen(alert); break;
            case AlertState::Closed:
                // A person closed it while it held: only something material brings it back.
                if (material || alert.cleared_at != kUnknownTime) {
                    reopen(alert);
                }
                break;
        }
    }

    void keep(Alert& alert, bool material) {
        if (!may_be_seen(alert.finding)) {
            alert.state = AlertState::Suppressed;
            return;
        }
        const bool shelf_over =
            alert.state == AlertState::Shelved && alert.shelved_until <= draft_.now();
        if (shelf_over || (material && alert.state == AlertState::Acknowledged)) {
            alert.state = AlertState::Raised;
            tell(alert);
        }
    }

    void reopen(Alert& alert) {
        alert.cleared_at = kUnknownTime;
        alert.outcome = AlertOutcome::Unset;
        alert.count += 1;
        raise_or_suppress(alert);
    }

    void raise_or_suppress(Alert& alert) {
        alert.history = (cause_.backfill && alert.finding.act_by <= draft_.now()) ||
                        was_past_in_rehearsal(alert.finding);
        if (alert.history || !may_be_seen(alert.finding)) {
            alert.state = AlertState::Suppressed;
            return;
        }
        alert.state = AlertState::Raised;
        alert.raised_at = draft_.now();
        alert.updated_at = draft_.now();
        tell(alert);
    }

    /// A rehearsal that ended raises nothing that was past by then.
    bool was_past_in_rehearsal(const Finding& finding) const {
        const auto past = [&](const auto* record) {
            const Partner* partner =
                record == nullptr ? nullptr : draft_.before().partner(record->partner);
            return partner != nullptr && partner->live_since != kUnknownTime &&
                   finding.act_by <= partner->live_since;
        };
        return std::ranges::any_of(
                   finding.obligations,
                   [&](ObligationId id) { return past(find(subject_.obligations, id)); }) ||
               std::ranges::any_of(finding.stays,
                                   [&](StayId id) { return past(find(subject_.stays, id)); });
    }

    /// The situation is gone.
    void lose(Alert& alert) {
        if (alert.cleared_at != kUnknownTime) {
            return;
        }
        const bool deceased = subject_.client.deceased_at != kUnknownTime;
        if (alert.finding.latched && is_open(alert.state) && !is_withdrawn(alert) && !deceased) {
            return;  // a hard fact stands until a person closes it or its source withdraws it
        }
        const bool was_seen = alert.state != AlertState::Raised;
        alert.cleared_at = draft_.now();
        if (alert.state == AlertState::Closed) {
            return;
        }
        // A hard fact that is gone was withdrawn by its source, not resolved by anyone.
        alert.outcome = alert.finding.latched ? AlertOutcome::Superseded : AlertOutcome::Resolved;
        const bool told = alert.state == AlertState::Raised;
        alert.state = was_seen ? AlertState::Closed : AlertState::ClearedUnseen;
        if (told) {
            tell(alert);
        }
    }

    bool is_withdrawn(const Alert& alert) const {
        return std::ranges::any_of(alert.finding.obligations, [this](ObligationId id) {
            return id.value == cause_.corrected && !id.is_none();
        });
    }

    void forget_old() {
        std::erase_if(subject_.alerts.edit(), [this](const Alert& alert) {
            return alert.cleared_at != kUnknownTime &&
                   draft_.now() - alert.cleared_at > kClosedAlertKept;
        });
    }

    /// The alert of that situation which is open, or whose end is recent enough to reopen.
    Alert* find_alert(const Finding& finding) {
        for (Alert& alert : subject_.alerts.edit()) {
            const bool same =
                alert.finding.rule == finding.rule && alert.finding.subject == finding.subject;
            const bool over =
                alert.cleared_at != kUnknownTime && draft_.now() - alert.cleared_at > kReopenWithin;
            if (same && !over) {
                return &alert;
            }
        }
        return nullptr;
    }

    Alert* add(const Finding& finding) {
        Alert alert;
        alert.id = draft_.next_alert_id();
        alert.finding = finding;
        alert.owner = subject_.client.owner;
        put(subject_.alerts, alert);
        return find(subject_.alerts.edit(), alert.id);
    }

    bool is_met(const Alert& alert) const {
        return std::ranges::find(met_, alert.id) != met_.end();
    }

    bool may_be_seen(const Finding& finding) const {
        return owner_may_see(draft_.before(), subject_, finding, draft_.now());
    }

    /// Whoever has the client now is told what is open.
    void hand_over() {
        for (Alert& alert : subject_.alerts.edit()) {
            if (!is_open(alert.state) || alert.owner == subject_.client.owner) {
                continue;
            }
            alert.owner = subject_.client.owner;
            if (alert.state != AlertState::Shelved) {
                tell(alert);
            }
        }
    }

    void tell(const Alert& alert) {
        const Partner* owner = draft_.before().partner_named(alert.owner);
        if (owner == nullptr || owner->kind != PartnerKind::Staff) {
            return;
        }
        Delivery delivery;
        delivery.recipient = owner->id;
        delivery.entry = draft_.sequence();
        delivery.client = subject_.client.id;
        delivery.form = Form::Full;
        delivery.is_alert = true;
        delivery.alert = alert.id;
        deliver(draft_, delivery);
    }

    Draft& draft_;
    Case& subject_;
    Cause cause_;
    std::vector<AlertId> met_;
};

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
    }
    if (!any_alert) {
        return wake;
    }
    const auto consider_day = [&](Date day) { consider(beginning_of(state, subject, day)); };
    for (const Consent& consent : subject.consents) {
        if (consent.expires) {
            consider_day(*consent.expires);
        }
        consider_day(consent.signed_on);
    }
    for (const auto& [number, agreement] : state.agreements) {
        consider_day(agreement.valid_from);
        consider_day(agreement.valid_until + std::chrono::days{1});
    }
    return wake;
}

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

}  // namespace

void settle(Draft& draft, Case& subject, const RuleSet& rules, Cause cause) {
    std::optional<Case> live;
    if (has_rehearsed(draft.before(), subject)) {
        live = without_rehearsed(draft.before(), subject);
    }
    derive_duties(CaseView(draft.before(), live ? *live : subject, draft.now()), subject);
    if (live) {
        live->duties = subject.duties;
    }
    Findings findings(draft.now());
    {
        const CaseView view(draft.before(), live ? *live : subject, draft.now());
        for (const auto& rule : rules) {
            rule->evaluate(view, findings);
        }
    }
    AlertBook(draft, subject, cause).compare(findings.found());
    subject.client.wake_at = next_wake(draft.before(), subject, draft.now(), findings.wake_at());
}

Refusal act_on_alert(Draft& draft, Case& subject, const AlertCommand& command, PartnerId actor) {
    Alert* alert = find(subject.alerts.edit(), command.alert);
    if (alert == nullptr) {
        return refuse(RefusalReason::NotFound, "alert", "name an alert from `carehub alerts list`");
    }
    const bool open = is_open(alert->state);
    switch (command.act) {
        case AlertAct::Acknowledge:
            if (alert->state == AlertState::ClearedUnseen) {
                alert->state = AlertState::Closed;
            } else if (alert->state == AlertState::Raised) {
                alert->state =
                    alert->finding.informing ? AlertState::Closed : AlertState::Acknowledged;
                alert->outcome =
                    alert->finding.informing ? AlertOutcome::ClientInformed : alert->outcome;
            } else {
                return refuse(RefusalReason::WrongState, "alert",
                              "only a raised or cleared alert can be acknowledged");
            }
            alert->acknowledged_at = draft.now();
            alert->acknowledged_by = actor;
            return {};
        case AlertAct::Shelve:
            if (!open || command.until <= draft.now()) {
                return refuse(RefusalReason::WrongState, "until",
                              "shelve an open alert until a time to come");
            }
            if (command.until - draft.now() > shelve_max(alert->finding.severity)) {
                return refuse(
                    RefusalReason::ShelvedTooLong, "until",
                    "shelve Critical for at most 4 hours, High 7, Medium 14, Low 30 days");
            }
            alert->state = AlertState::Shelved;
            alert->shelved_until = command.until;
            return {};
        case AlertAct::Close:
            if (alert->state == AlertState::Closed || command.outcome == AlertOutcome::Unset) {
                return refuse(RefusalReason::WrongState, "outcome",
                              "close an alert that is not closed, with an outcome");
            }
            alert->state = AlertState::Closed;
            alert->outcome = command.outcome;
            return {};
        case AlertAct::Unset: break;
    }
    return refuse(RefusalReason::InvalidField, "act", "use ack, shelve or close");
}

}  // namespace carehub::core
