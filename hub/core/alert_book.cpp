#include "hub/core/alert_book.hpp"

#include <algorithm>
#include <tuple>

#include "hub/base/limits.hpp"
#include "hub/core/addressee.hpp"
#include "hub/core/finding_age.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/permit.hpp"

namespace carehub::core {
namespace {

/// What was chosen keeps its place among the suggestions, or is chosen no more.
void keep_choice(Alert& alert, const Finding& finding) {
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
bool keeps_time(const Alert& alert) {
    return is_open(alert.state) || alert.state == AlertState::Suppressed ||
           (alert.state == AlertState::Closed && alert.cleared_at == kUnknownTime);
}

bool is_part(const std::vector<ObligationId>& some, const std::vector<ObligationId>& all) {
    return some.size() < all.size() && std::ranges::all_of(some, [&all](ObligationId id) {
               return std::ranges::find(all, id) != all.end();
           });
}

/// Nothing can happen to the others any more but to come back, or to be forgotten.
bool is_live(const Alert& alert) {
    return alert.cleared_at == kUnknownTime || alert.claimed_by.value != 0;
}

}  // namespace

AlertBook::AlertBook(Draft& draft, Case& subject, const CaseView& view, Cause cause)
    : draft_(draft),
      subject_(subject),
      view_(view),
      cause_(cause),
      teller_(draft, subject, view, subject.client.wake_at) {
    for (const Alert& alert : subject.alerts) {
        const bool over =
            alert.cleared_at != kUnknownTime && draft.now() - alert.cleared_at > kReopenWithin;
        if (!over) {
            situations_.push_back({alert.finding.rule, alert.finding.subject.value, alert.id});
        }
    }
    std::ranges::sort(situations_, {}, [](const Situation& one) {
        return std::tie(one.rule, one.subject, one.alert);
    });
}

void AlertBook::compare(Findings& findings) {
    for (Finding& finding : findings.found()) {
        meet(std::move(finding));
    }
    for (Finding& finding : findings.held()) {
        const Alert* known = known_alert(finding);
        if (known != nullptr && known->cleared_at == kUnknownTime) {
            meet(std::move(finding));
        }
    }
    if (subject_.alerts.empty()) {
        return;
    }
    std::ranges::sort(met_);
    std::vector<AlertId> live;
    for (const Alert& alert : subject_.alerts) {
        if (is_live(alert)) {
            live.push_back(alert.id);
        }
    }
    const auto each = [&](const auto& step) {
        for (const AlertId id : live) {
            step(*find(subject_.alerts, id));
        }
    };
    const auto each_raised = [&](const auto& step) {
        each([&](const Alert& alert) {
            if (alert.state == AlertState::Raised) {
                step(alert);
            }
        });
    };
    each([this](const Alert& alert) {
        if (!is_met(alert.id)) {
            lose(alert);
        }
    });
    each([this](const Alert& alert) { hand_over(alert); });
    each([this](const Alert& alert) { end_claim(alert); });
    each_raised([this](const Alert& alert) { teller_.escalate(alert); });
    each_raised([this](const Alert& alert) { teller_.tell_newcomers(alert); });
    forget_old();
}

/// What happens during a stay concerns each commitment by itself: one that the owner may not see
/// does not hide the others. Of a pair both have to be seen.
void AlertBook::drop_unseen(Finding& finding) const {
    if (finding.stays.empty()) {
        return;
    }
    Finding seen = finding;
    for (const ObligationId id : finding.obligations) {
        const Obligation* obligation = find(subject_.obligations, id);
        if (obligation == nullptr ||
            owner_may_see(draft_.before(), subject_, disclosed_of(draft_.before(), *obligation),
                          draft_.now())) {
            continue;
        }
        std::erase(seen.obligations, id);
        std::erase(seen.evidence, obligation->last);
        std::erase_if(seen.suggestions, [id](const Suggestion& s) { return s.obligation == id; });
    }
    if (!seen.obligations.empty()) {
        finding = std::move(seen);
    }
}

/// The situation holds.
void AlertBook::meet(Finding finding) {
    drop_unseen(finding);
    const Alert* known = alert_of(finding);
    if (known == nullptr) {
        return;  // a client with so many is a feed's mistake; the first of them tell it
    }
    met_.push_back(known->id);
    const News news{!(known->finding.material == finding.material),
                    finding.severity < known->finding.severity,
                    is_part(finding.obligations, known->finding.obligations)};
    const bool told_again = known->finding.evidence != finding.evidence;
    const UtcTime act_by = finding.act_by;
    if (!news.any() && keeps_time(*known)) {
        finding.act_by = known->finding.act_by;  // the time to act runs from the raise
        finding.suggestions = known->finding.suggestions;
    }
    if (stays_as_it_is(*known, finding)) {
        return;
    }
    Alert& alert = *subject_.alerts.change(known->id);
    keep_choice(alert, finding);
    if (alert.state == AlertState::Shelved && news.graver) {
        alert.shelved_until =
            std::min(alert.shelved_until, draft_.now() + shelve_max(finding.severity));
    }
    if (alert.state != AlertState::Unset && !(alert.finding == finding)) {
        alert.finding = std::move(finding);
        alert.updated_at = draft_.now();
        alert.count += told_again && is_open(alert.state) ? 1U : 0U;
    }
    const bool hidden = alert.state == AlertState::Suppressed;
    advance(alert, news);
    if (hidden && alert.state == AlertState::Raised) {
        alert.finding.act_by = act_by;
    }
}

/// What the rule says is what is known, and nothing about it is due.
bool AlertBook::stays_as_it_is(const Alert& alert, const Finding& finding) const {
    if (alert.accepted != 0 || !(alert.finding == finding)) {
        return false;
    }
    const bool closed = alert.state == AlertState::Closed && alert.cleared_at == kUnknownTime;
    const bool past = alert.state == AlertState::Suppressed && alert.history;
    return closed || past ||
           (is_open(alert.state) && !is_shelf_over(alert) && may_be_seen(alert.finding));
}

void AlertBook::advance(Alert& alert, News news) {
    switch (alert.state) {
        case AlertState::Unset: raise_or_suppress(alert); break;
        case AlertState::Suppressed:
            // 13-decisions, backfill: what was past when it was told stays past.
            if (!alert.history || news.any()) {
                raise_or_suppress(alert);
            }
            break;
        case AlertState::Raised:
        case AlertState::Acknowledged:
        case AlertState::Shelved: keep(alert, news); break;
        case AlertState::ClearedUnseen: reopen(alert); break;
        case AlertState::Closed:
            // A person closed it while it held: only something material brings it back.
            if (news.any() || alert.cleared_at != kUnknownTime) {
                reopen(alert);
            }
            break;
    }
}

/// Domain/10: a material change is told to whoever has the alert, seen or not. What a person put
/// aside comes back when time, place or party is another; when it is only graver, sooner.
void AlertBook::keep(Alert& alert, News news) {
    if (!may_be_seen(alert.finding)) {
        alert.state = AlertState::Suppressed;
        return;
    }
    const bool asks_again = (alert.state == AlertState::Acknowledged && news.any()) ||
                            (alert.state == AlertState::Shelved && news.adds());
    if (asks_again || is_shelf_over(alert)) {
        raise_again(alert);
    } else if (alert.state == AlertState::Raised && (news.graver || news.adds())) {
        teller_.tell(alert);
    }
}

void AlertBook::raise_again(Alert& alert) {
    alert.state = AlertState::Raised;
    alert.raised_at = draft_.now();
    teller_.tell_anew(alert);
}

void AlertBook::reopen(Alert& alert) {
    alert.cleared_at = kUnknownTime;
    alert.outcome = AlertOutcome::Unset;
    alert.count += 1;
    alert.reopened += 1;
    alert.accepted = 0;
    alert.acknowledged_at = kUnknownTime;
    alert.acknowledged_by = {};
    raise_or_suppress(alert);
}

void AlertBook::raise_or_suppress(Alert& alert) {
    alert.history = (cause_.backfill && is_past(subject_, alert.finding, draft_.now())) ||
                    was_past_in_rehearsal(draft_.before(), subject_, alert.finding);
    if (alert.history || !may_be_seen(alert.finding)) {
        alert.state = AlertState::Suppressed;
        return;
    }
    alert.state = AlertState::Raised;
    alert.owner = owner_of(alert.finding);
    alert.raised_at = draft_.now();
    alert.updated_at = draft_.now();
    teller_.tell_anew(alert);
}

/// The situation is gone.
void AlertBook::lose(const Alert& known) {
    if (known.cleared_at != kUnknownTime) {
        return;
    }
    const bool deceased = subject_.client.deceased_at != kUnknownTime;
    if (known.finding.latched && is_open(known.state) && !is_withdrawn(known) && !deceased) {
        // A hard fact stands until a person closes it or its source withdraws it.
        if (is_shelf_over(known)) {
            keep(*subject_.alerts.change(known.id), {});
        }
        return;
    }
    Alert& alert = *subject_.alerts.change(known.id);
    const bool was_seen = alert.state != AlertState::Raised;
    alert.cleared_at = draft_.now();
    if (alert.state == AlertState::Closed) {
        return;
    }
    // A hard fact that is gone was withdrawn by its source, not resolved by anyone.
    alert.outcome = alert.finding.latched ? AlertOutcome::Superseded : AlertOutcome::Resolved;
    alert.state = was_seen ? AlertState::Closed : AlertState::ClearedUnseen;
    if (!was_seen) {
        teller_.tell(alert);  // nobody, where its record left the case
    }
}

/// Its source took it back, or the rule was switched off.
bool AlertBook::is_withdrawn(const Alert& alert) const {
    const Finding& finding = alert.finding;
    const bool of_nothing_else =
        finding.obligations.empty() && finding.stays.empty() && finding.matters.empty();
    // It was never this client's.
    const auto has_left = [this](const auto* record) { return cause_.left && record == nullptr; };
    return of_nothing_else || view_.setting(finding.rule, kEnabledSetting, 1) == 0 ||
           std::ranges::any_of(finding.obligations,
                               [&](ObligationId id) {
                                   return (id.value == cause_.corrected && !id.is_none()) ||
                                          has_left(find(subject_.obligations, id));
                               }) ||
           std::ranges::any_of(finding.stays,
                               [&](StayId id) { return has_left(find(subject_.stays, id)); }) ||
           std::ranges::any_of(finding.matters, [&](MatterId id) {
               const Matter* matter = find(subject_.matters, id);
               return has_left(matter) || (matter != nullptr && matter->withdrawn);
           });
}

void AlertBook::forget_old() {
    // Domain/10: what cleared unseen is still to be seen once. Of too many the old ones go.
    const bool too_many = subject_.alerts.size() > kUnseenAlertsKept;
    subject_.alerts.erase_if([&](const Alert& alert) {
        const bool may_go = too_many || alert.state == AlertState::Closed;
        return may_go && alert.cleared_at != kUnknownTime &&
               draft_.now() - alert.cleared_at > kClosedAlertKept;
    });
}

/// Whoever has the client now is told what is open.
void AlertBook::hand_over(const Alert& known) {
    const Symbol owner = is_open(known.state) ? owner_of(known.finding) : known.owner;
    if (known.owner == owner) {
        return;
    }
    Alert& alert = *subject_.alerts.change(known.id);
    alert.owner = owner;
    if (alert.state != AlertState::Shelved) {
        teller_.tell(alert);
    }
}

/// Who claimed an alert and did nothing with it has it no longer.
void AlertBook::end_claim(const Alert& known) {
    if (known.claimed_by.value == 0 || known.claimed_until > draft_.now()) {
        return;
    }
    Alert& alert = *subject_.alerts.change(known.id);
    alert.claimed_by = {};
    alert.claimed_until = kUnknownTime;
    if (alert.state == AlertState::Acknowledged) {
        raise_again(alert);
    }
}

std::vector<AlertBook::Situation>::const_iterator AlertBook::place_of(
    const Finding& finding) const {
    const auto is_before = [](const Situation& one, const Finding& other) {
        return std::tie(one.rule, one.subject) < std::tie(other.rule, other.subject.value);
    };
    return std::lower_bound(situations_.begin(), situations_.end(), finding, is_before);
}

const Alert* AlertBook::known_alert(const Finding& finding) const {
    const auto at = place_of(finding);
    const bool is_known =
        at != situations_.end() && at->rule == finding.rule && at->subject == finding.subject.value;
    return is_known ? find(subject_.alerts, at->alert) : nullptr;
}

const Alert* AlertBook::alert_of(const Finding& finding) {
    if (const Alert* known = known_alert(finding)) {
        return known;
    }
    if (subject_.alerts.size() >= kAlertsPerClientMax) {
        return nullptr;
    }
    Alert alert;
    alert.id = draft_.next_alert_id();
    alert.finding = finding;
    alert.owner = owner_of(finding);
    situations_.insert(place_of(finding), {finding.rule, finding.subject.value, alert.id});
    return &subject_.alerts.put(std::move(alert));
}

bool AlertBook::is_met(AlertId id) const { return std::ranges::binary_search(met_, id); }

bool AlertBook::is_shelf_over(const Alert& alert) const {
    return alert.state == AlertState::Shelved && alert.shelved_until <= draft_.now();
}

Symbol AlertBook::owner_of(const Finding& finding) const {
    return addressee(draft_.before(), subject_.client, finding.audience);
}

bool AlertBook::may_be_seen(const Finding& finding) const {
    return owner_may_see(draft_.before(), subject_, finding, draft_.now());
}

}  // namespace carehub::core
