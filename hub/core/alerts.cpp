#include "hub/core/alerts.hpp"

#include <algorithm>
#include <optional>

#include "hub/base/limits.hpp"
#include "hub/core/addressee.hpp"
#include "hub/core/escalation.hpp"
#include "hub/core/follow_ups.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/lanes.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/permit.hpp"
#include "hub/core/rehearsal.hpp"

namespace carehub::core {
namespace {

/// One client's alerts while one input is decided.
class AlertBook {
public:
    AlertBook(Draft& draft, Case& subject, const CaseView& view, Cause cause)
        : draft_(draft),
          subject_(subject),
          view_(view),
          cause_(cause),
          planned_(subject.client.wake_at) {}

    void compare(std::vector<Finding>& findings) {
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
        end_claims();
        escalate();
        tell_deputies();
    }

    /// When the next alert is due to be told to more people.
    [[nodiscard]] UtcTime next_escalation() const { return next_escalation_; }

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
        const UtcTime act_by = finding.act_by;
        if (!material && keeps_time(*alert)) {
            finding.act_by = alert->finding.act_by;  // the time to act runs from the raise
            finding.suggestions = alert->finding.suggestions;
        }
        keep_choice(*alert, finding);
        if (alert->state == AlertState::Shelved && graver) {
            alert->shelved_until =
                std::min(alert->shelved_until, draft_.now() + shelve_max(finding.severity));
        }
        if (known && !(alert->finding == finding)) {
            alert->finding = std::move(finding);
            alert->updated_at = draft_.now();
            alert->count += news && is_open(alert->state) ? 1U : 0U;
        }
        const bool hidden = alert->state == AlertState::Suppressed;
        advance(*alert, material);
        if (hidden && alert->state == AlertState::Raised) {
            alert->finding.act_by = act_by;
        }
    }

    /// What was chosen keeps its place among the suggestions, or is chosen no more.
    static void keep_choice(Alert& alert, const Finding& finding) {
        if (alert.accepted == 0) {
            return;
        }
        const Suggestion& chosen = alert.finding.suggestions.at(alert.accepted - 1U);
        const auto same = std::ranges::find_if(finding.suggestions, [&](const Suggestion& other) {
            return other.action == chosen.action && other.obligation == chosen.obligation;
        });
        alert.accepted = same == finding.suggestions.end()
                             ? std::uint8_t{0}
                             : static_cast<std::uint8_t>(same - finding.suggestions.begin() + 1);
    }

    /// It is the same situation going on, open, hidden, or closed by a person while it held.
    static bool keeps_time(const Alert& alert) {
        return is_open(alert.state) || alert.state == AlertState::Suppressed ||
               (alert.state == AlertState::Closed && alert.cleared_at == kUnknownTime);
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
        if (is_shelf_over(alert) || (material && alert.state == AlertState::Acknowledged)) {
            raise_again(alert);
        }
    }

    bool is_shelf_over(const Alert& alert) const {
        return alert.state == AlertState::Shelved && alert.shelved_until <= draft_.now();
    }

    void raise_again(Alert& alert) {
        alert.state = AlertState::Raised;
        alert.raised_at = draft_.now();
        tell_anew(alert);
    }

    void reopen(Alert& alert) {
        alert.cleared_at = kUnknownTime;
        alert.outcome = AlertOutcome::Unset;
        alert.count += 1;
        alert.reopened += 1;
        alert.accepted = 0;
        alert.acknowledged_at = kUnknownTime;
        alert.acknowledged_by = {};
        raise_or_suppress(alert);
    }

    void raise_or_suppress(Alert& alert) {
        alert.history =
            (cause_.backfill && is_past(alert.finding)) || was_past_in_rehearsal(alert.finding);
        if (alert.history || !may_be_seen(alert.finding)) {
            alert.state = AlertState::Suppressed;
            return;
        }
        alert.state = AlertState::Raised;
        alert.owner = owner_of(alert.finding);
        alert.raised_at = draft_.now();
        alert.updated_at = draft_.now();
        tell_anew(alert);
    }

    /// 13-decisions, backfill: nothing of it can be acted on in time, or all of it lies days back.
    bool is_past(const Finding& finding) const {
        return finding.act_by <= draft_.now() || lies_days_before(finding, draft_.now());
    }

    /// The time to act of a rule about what was told runs from the raise: the records say how old
    /// the news is.
    bool lies_days_before(const Finding& finding, UtcTime time) const {
        UtcTime latest = kUnknownTime;
        for (const ObligationId id : finding.obligations) {
            const Obligation* one = find(subject_.obligations, id);
            latest = one == nullptr ? latest : std::max(latest, one->end);
        }
        for (const StayId id : finding.stays) {
            const Stay* one = find(subject_.stays, id);
            latest = one == nullptr ? latest : std::max(latest, one->end);
        }
        for (const MatterId id : finding.matters) {
            const Matter* one = find(subject_.matters, id);
            // A warrant that nobody cleared is of today, whenever it was issued.
            const bool lasts = one != nullptr && one->kind == MatterKind::Warrant;
            latest = one == nullptr ? latest : lasts ? kNever : std::max(latest, one->since);
        }
        const bool told = latest != kUnknownTime;
        return told && latest < time - kBackfillNews;
    }

    /// A rehearsal that ended raises nothing that was past by then.
    bool was_past_in_rehearsal(const Finding& finding) const {
        const auto past = [&](const auto* record) {
            const Partner* partner =
                record == nullptr ? nullptr : draft_.before().partner(record->partner);
            return partner != nullptr && partner->live_since != kUnknownTime &&
                   (finding.act_by <= partner->live_since ||
                    lies_days_before(finding, partner->live_since));
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
            // A hard fact stands until a person closes it or its source withdraws it.
            if (is_shelf_over(alert)) {
                keep(alert, false);
            }
            return;
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
            tell(alert);  // nobody, where its record left the case
        }
    }

    /// It was never this client's.
    template <class Record>
    bool has_left(const Record* record) const {
        return cause_.left && record == nullptr;
    }

    /// Its source took it back, or the rule was switched off.
    bool is_withdrawn(const Alert& alert) const {
        const Finding& finding = alert.finding;
        const bool of_nothing_else =
            finding.obligations.empty() && finding.stays.empty() && finding.matters.empty();
        return of_nothing_else || view_.setting(finding.rule, kEnabledSetting, 1) == 0 ||
               std::ranges::any_of(finding.obligations,
                                   [this](ObligationId id) {
                                       return (id.value == cause_.corrected && !id.is_none()) ||
                                              has_left(find(subject_.obligations, id));
                                   }) ||
               std::ranges::any_of(
                   finding.stays,
                   [this](StayId id) { return has_left(find(subject_.stays, id)); }) ||
               std::ranges::any_of(finding.matters, [this](MatterId id) {
                   const Matter* matter = find(subject_.matters, id);
                   return has_left(matter) || (matter != nullptr && matter->withdrawn);
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
        alert.owner = owner_of(finding);
        put(subject_.alerts, alert);
        return find(subject_.alerts.edit(), alert.id);
    }

    bool is_met(const Alert& alert) const {
        return std::ranges::find(met_, alert.id) != met_.end();
    }

    Symbol owner_of(const Finding& finding) const {
        return addressee(draft_.before(), subject_.client, finding.audience);
    }

    bool may_be_seen(const Finding& finding) const {
        return owner_may_see(draft_.before(), subject_, finding, draft_.now());
    }

    /// Whoever has the client now is told what is open.
    void hand_over() {
        for (Alert& alert : subject_.alerts.edit()) {
            const Symbol owner = is_open(alert.state) ? owner_of(alert.finding) : alert.owner;
            if (alert.owner == owner) {
                continue;
            }
            alert.owner = owner;
            if (alert.state != AlertState::Shelved) {
                tell(alert);
            }
        }
    }

    /// Who claimed an alert and did nothing with it has it no longer.
    void end_claims() {
        for (Alert& alert : subject_.alerts.edit()) {
            if (alert.claimed_by.value == 0 || alert.claimed_until > draft_.now()) {
                continue;
            }
            alert.claimed_by = {};
            alert.claimed_until = kUnknownTime;
            if (alert.state == AlertState::Acknowledged) {
                raise_again(alert);
            }
        }
    }

    void escalate() {
        for (Alert& alert : subject_.alerts.edit()) {
            if (alert.state != AlertState::Raised) {
                continue;
            }
            const EscalationNow due = escalation_of(view_, alert);
            next_escalation_ = std::min(next_escalation_, due.next_at);
            if ((due.steps & ~alert.escalation) == 0) {
                continue;
            }
            const std::vector<Symbol> told = people(alert);
            alert.escalation = static_cast<std::uint8_t>(alert.escalation | due.steps);
            for (const Symbol name : people(alert)) {
                if (std::ranges::find(told, name) == told.end()) {
                    tell(alert, name);
                }
            }
        }
    }

    /// Of what was raised while everybody was there, somebody is away since.
    void tell_deputies() {
        for (Alert& alert : subject_.alerts.edit()) {
            if (alert.state != AlertState::Raised) {
                continue;
            }
            const State& state = draft_.before();
            const std::vector<Symbol> present =
                people_without_deputies(state, subject_.client, alert, draft_.now());
            next_escalation_ =
                std::min(next_escalation_, next_absence_turn(state, present, draft_.now()));
            const std::vector<Symbol> all = people(alert);
            if (all.size() == present.size()) {
                drop_step(alert, Escalation::Deputy);  // back: the next absence is told anew
                continue;
            }
            // Somebody was away already: what began before this evaluation was due has been told.
            const bool is_news = !was_told(alert, Escalation::Deputy) ||
                                 began_absence(state, present, planned_, draft_.now());
            for (const Symbol name : all) {
                if (is_news && std::ranges::find(present, name) == present.end()) {
                    tell(alert, name);
                }
            }
            add_step(alert, Escalation::Deputy);
        }
    }

    static bool was_told(const Alert& alert, Escalation step) {
        return (alert.escalation & static_cast<std::uint8_t>(step)) != 0;
    }

    static void add_step(Alert& alert, Escalation step) {
        alert.escalation =
            static_cast<std::uint8_t>(alert.escalation | static_cast<std::uint8_t>(step));
    }

    static void drop_step(Alert& alert, Escalation step) {
        alert.escalation =
            static_cast<std::uint8_t>(alert.escalation & ~static_cast<std::uint8_t>(step));
    }

    /// Escalation begins anew.
    void tell_anew(Alert& alert) {
        alert.escalation = 0;
        tell(alert);
    }

    std::vector<Symbol> people(const Alert& alert) const {
        return people_of(draft_.before(), subject_.client, alert, draft_.now());
    }

    void tell(const Alert& alert) {
        for (const Symbol name : people(alert)) {
            tell(alert, name);
        }
    }

    /// Once for each evaluation, whichever of its steps comes to that person.
    void tell(const Alert& alert, Symbol name) {
        if (std::ranges::find(told_, std::pair{alert.id, name}) != told_.end()) {
            return;
        }
        told_.emplace_back(alert.id, name);
        const Partner* person = draft_.before().partner_named(name);
        if (person == nullptr || person->kind != PartnerKind::Staff ||
            !staff_may_see(draft_.before(), subject_, alert.finding, name, draft_.now())) {
            return;
        }
        Delivery delivery;
        delivery.recipient = person->id;
        delivery.entry = draft_.sequence();
        delivery.client = subject_.client.id;
        delivery.form = Form::Full;
        delivery.is_alert = true;
        delivery.alert = alert.id;
        deliver(draft_, delivery);
    }

    Draft& draft_;
    Case& subject_;
    const CaseView& view_;
    Cause cause_;
    UtcTime planned_;  ///< when this evaluation was due
    std::vector<AlertId> met_;
    std::vector<std::pair<AlertId, Symbol>> told_;
    UtcTime next_escalation_ = kNever;
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
        if (alert.claimed_by.value != 0) {
            consider(alert.claimed_until);
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
    {
        const bool deceased = subject.client.deceased_at != kUnknownTime;
        for (const auto& rule : rules) {
            // Glossary 6: all alerts of a client who died close.
            const bool on = view.setting(rule->info().id, kEnabledSetting, 1) != 0;
            const bool concerns = rule->info().about_office == subject.client.id.is_none();
            if (on && concerns && (!deceased || rule->info().outlives_client)) {
                rule->evaluate(view, findings);
            }
        }
    }
    AlertBook book(draft, subject, view, cause);
    book.compare(findings.found());
    subject.client.wake_at = next_wake(draft.before(), subject, draft.now(),
                                       std::min(findings.wake_at(), book.next_escalation()));
}

}  // namespace carehub::core
