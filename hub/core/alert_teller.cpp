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

void add_step(Alert& alert, Escalation step) {
    alert.escalation =
        static_cast<std::uint8_t>(alert.escalation | static_cast<std::uint8_t>(step));
}

void drop_step(Alert& alert, Escalation step) {
    alert.escalation =
        static_cast<std::uint8_t>(alert.escalation & ~static_cast<std::uint8_t>(step));
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

void AlertTeller::tell_deputies(const Alert& known) {
    const State& state = draft_.before();
    const bool stood_in = was_told(known, Escalation::Deputy);
    if (state.absences.empty() && !stood_in) {
        return;
    }
    const std::vector<Symbol> present =
        people_without_deputies(state, subject_.client, known, draft_.now());
    next_turn_ = std::min(next_turn_, next_absence_turn(state, present, draft_.now()));
    const std::vector<Symbol> all = people(known);
    if (all.size() == present.size()) {
        if (stood_in) {
            // Back: the next absence is told anew.
            drop_step(*subject_.alerts.change(known.id), Escalation::Deputy);
        }
        return;
    }
    // Somebody was away already: what began before this evaluation was due has been told.
    const bool is_news = !stood_in || began_absence(state, present, planned_, draft_.now());
    for (const Symbol name : all) {
        if (is_news && std::ranges::find(present, name) == present.end()) {
            tell(known, name);
        }
    }
    if (!stood_in) {
        add_step(*subject_.alerts.change(known.id), Escalation::Deputy);
    }
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
