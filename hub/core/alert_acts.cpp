#include <algorithm>

#include "hub/core/alerts.hpp"
#include "hub/core/claim_context.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/limits.hpp"
#include "hub/core/matters.hpp"

namespace carehub::core {
namespace {

Refusal refuse(RefusalReason reason, std::string field, std::string fix) {
    return {reason, std::move(field), std::move(fix)};
}

/// One act of one person on one alert.
class Acting {
public:
    Acting(const Draft& draft, Alert& alert, const AlertCommand& command, PartnerId actor)
        : draft_(draft), alert_(alert), command_(command), actor_(actor) {}

    Refusal act() {
        switch (command_.act) {
            case AlertAct::Acknowledge: return acknowledge();
            case AlertAct::Shelve: return shelve();
            case AlertAct::Close: return close();
            case AlertAct::Claim: return claim();
            case AlertAct::Release: return release();
            case AlertAct::Accept: return accept();
            case AlertAct::Unset: break;
        }
        return refuse(RefusalReason::InvalidField, "act",
                      "use ack, shelve, close, claim, release or accept");
    }

private:
    Symbol actor_name() const {
        const Partner* actor = draft_.before().partner(actor_);
        return actor == nullptr ? Symbol{} : actor->name;
    }

    void mark_seen() {
        alert_.acknowledged_at = draft_.now();
        alert_.acknowledged_by = actor_;
    }

    Refusal acknowledge() {
        if (alert_.state == AlertState::ClearedUnseen) {
            alert_.state = AlertState::Closed;
        } else if (alert_.state == AlertState::Raised) {
            const bool informing = alert_.finding.informing;
            alert_.state = informing ? AlertState::Closed : AlertState::Acknowledged;
            alert_.outcome = informing ? AlertOutcome::ClientInformed : alert_.outcome;
        } else {
            return refuse(RefusalReason::WrongState, "alert",
                          "only a raised or cleared alert can be acknowledged");
        }
        mark_seen();
        return {};
    }

    Refusal shelve() {
        if (!is_open(alert_.state) || command_.until <= draft_.now()) {
            return refuse(RefusalReason::WrongState, "until",
                          "shelve an open alert until a time to come");
        }
        if (command_.until - draft_.now() > shelve_max(alert_.finding.severity)) {
            return refuse(RefusalReason::ShelvedTooLong, "until",
                          "shelve Critical for at most 4 hours, High 7, Medium 14, Low 30 days");
        }
        alert_.state = AlertState::Shelved;
        alert_.shelved_until = command_.until;
        return {};
    }

    Refusal close() {
        if (alert_.state == AlertState::Closed || command_.outcome == AlertOutcome::Unset) {
            return refuse(RefusalReason::WrongState, "outcome",
                          "close an alert that is not closed, with an outcome");
        }
        alert_.state = AlertState::Closed;
        alert_.outcome = command_.outcome;
        alert_.claimed_by = {};
        alert_.claimed_until = kUnknownTime;
        return {};
    }

    /// The first of the team has it; the claim is seen by all and ends by itself.
    Refusal claim() {
        const Symbol me = actor_name();
        if (!is_open(alert_.state)) {
            return refuse(RefusalReason::WrongState, "alert", "claim an open alert");
        }
        if (alert_.claimed_by.value != 0 && alert_.claimed_by != me) {
            return refuse(RefusalReason::WrongState, "alert",
                          "claimed by " + std::string(draft_.before().text(alert_.claimed_by)) +
                              " until " + to_iso(alert_.claimed_until));
        }
        alert_.claimed_by = me;
        alert_.claimed_until = draft_.now() + kClaimHeld;
        if (alert_.state == AlertState::Raised) {
            alert_.state = AlertState::Acknowledged;
            mark_seen();
        }
        return {};
    }

    Refusal release() {
        if (alert_.claimed_by.value == 0 || alert_.claimed_by != actor_name()) {
            return refuse(RefusalReason::WrongState, "alert", "release an alert you have claimed");
        }
        alert_.claimed_until = draft_.now();  // ends now, as one that ran out
        return {};
    }

    Refusal accept() {
        const bool offered =
            command_.suggestion >= 1 && command_.suggestion <= alert_.finding.suggestions.size();
        if (!is_open(alert_.state) || !offered) {
            return refuse(RefusalReason::WrongState, "suggestion",
                          "accept one of an open alert's suggestions, counted from 1");
        }
        alert_.accepted = command_.suggestion;
        if (alert_.state == AlertState::Raised) {
            alert_.state = AlertState::Acknowledged;
        }
        mark_seen();
        return {};
    }

    const Draft& draft_;
    Alert& alert_;
    const AlertCommand& command_;
    PartnerId actor_;
};

/// 13-decisions: the death that is known is the one this alert tells of.
bool tells_of_death(const Client& client, const Alert& alert) {
    return client.deceased_at != kUnknownTime &&
           std::ranges::find(alert.finding.evidence, client.death) != alert.finding.evidence.end();
}

/// What the office was told of is over when a person says so: told again, it is news.
void end_matters(const Draft& draft, Case& office, const Alert& alert) {
    for (const MatterId id : alert.finding.matters) {
        if (const Matter* known = find(office.matters, id)) {
            Matter ended = *known;
            ended.withdrawn = true;
            ended.last = draft.sequence();
            put_matter(office.matters, ended);
        }
    }
}

}  // namespace

Refusal act_on_alert(Draft& draft, Case& subject, const AlertCommand& command, PartnerId actor) {
    Alert* alert = subject.alerts.change(command.alert);
    if (alert == nullptr) {
        return refuse(RefusalReason::NotFound, "alert", "name an alert from `carehub alerts list`");
    }
    Refusal refusal = Acting(draft, *alert, command, actor).act();
    if (refusal.reason != RefusalReason::None || command.act != AlertAct::Close) {
        return refusal;
    }
    if (subject.client.id.is_none()) {
        end_matters(draft, subject, *alert);
    } else if (command.outcome == AlertOutcome::NotAProblem &&
               tells_of_death(subject.client, *alert)) {
        forget_death(subject.client);  // the word of staff, who may take any back
    }
    return refusal;
}

}  // namespace carehub::core
