#include "hub/core/alert_teller.hpp"

#include <algorithm>

#include "hub/core/addressee.hpp"
#include "hub/core/escalation.hpp"
#include "hub/core/lanes.hpp"
#include "hub/core/permit.hpp"

namespace carehub::core {
namespace {

bool was_told(const Alert& alert, Escalation step) {
    return (alert.escalation & static_cast<std::uint8_t>(step)) != 0;
}

}  // namespace

void AlertTeller::tell(const Alert& alert) {
    for (const Symbol name : people(alert)) {
        tell(alert, name);
    }
}

void AlertTeller::tell_anew(Alert& alert) {
    alert.escalation = 0;
    tell(alert);
}

void AlertTeller::escalate(const Alert& known) {
    const EscalationNow due = escalation_of(view_, known);
    next_turn_ = std::min(next_turn_, due.next_at);
    if ((due.steps & ~known.escalation) == 0) {
        return;
    }
    const std::vector<Symbol> told = people(known);
    Alert& alert = *subject_.alerts.change(known.id);
    alert.escalation = static_cast<std::uint8_t>(alert.escalation | due.steps);
    for (const Symbol name : people(alert)) {
        if (std::ranges::find(told, name) == told.end()) {
            tell(alert, name);
        }
    }
}

void AlertTeller::tell_newcomers(const Alert& alert) {
    const State& state = draft_.before();
    const Client& client = subject_.client;
    if (was_told(alert, Escalation::OnCall)) {
        next_turn_ = std::min(next_turn_, next_on_call_turn(state, client.team, draft_.now()));
    } else if (state.absences.empty()) {
        return;
    }
    // Each absence and each turn on call wakes this client when it begins, ends or is entered: who
    // was there before that was told then.
    const UtcTime before = std::min(planned_, draft_.now()) - Micros{1};
    const std::vector<Symbol> there = people_of(state, client, alert, before);
    const std::vector<Symbol> all = people(alert);
    for (const Symbol name : all) {
        if (std::ranges::find(there, name) == there.end()) {
            tell(alert, name);
        }
    }
    next_turn_ = std::min(next_turn_, next_absence_turn(state, all, draft_.now()));
}

std::vector<Symbol> AlertTeller::people(const Alert& alert) const {
    return people_of(draft_.before(), subject_.client, alert, draft_.now());
}

/// Once for each evaluation, whichever of its steps comes to that person.
void AlertTeller::tell(const Alert& alert, Symbol name) {
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

}  // namespace carehub::core
