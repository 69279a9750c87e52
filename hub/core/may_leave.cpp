#include "hub/core/may_leave.hpp"

#include <algorithm>

#include "hub/core/addressee.hpp"
#include "hub/core/alerts.hpp"
#include "hub/core/erasure.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/links.hpp"
#include "hub/core/permit.hpp"
#include "hub/core/repartition.hpp"

namespace carehub::core {
namespace {

/// What somebody has acknowledged, shelved or closed is told to nobody any more.
bool is_to_be_told(AlertState state) {
    return state == AlertState::Raised || state == AlertState::ClearedUnseen;
}

bool alert_may_leave(const Draft& draft, const Case& subject, AlertId id, Symbol recipient) {
    const Alert* alert = find(subject.alerts, id);
    if (alert == nullptr || !is_to_be_told(alert->state)) {
        return false;
    }
    const auto people = people_of(draft.before(), subject.client, *alert, draft.now());
    return std::ranges::find(people, recipient) != people.end() &&
           staff_may_see(draft.before(), subject, alert->finding, recipient, draft.now());
}

/// What it speaks of may be known to be more protected than when it was routed, or its place may.
Labels labels_today(const State& state, const Case& subject, const Delivery& delivery) {
    Labels labels = delivery.labels;
    const Sequence first = delivery.about.value != 0 ? delivery.about : delivery.entry;
    const auto add = [&](const auto& records) {
        for (const auto& record : records) {
            if (record.first == first) {
                labels.add(labels_of(state, record));
            }
        }
    };
    add(subject.obligations);
    add(subject.stays);
    add(subject.matters);
    return labels;
}

Form form_today(const State& state, const Case& subject, const Delivery& delivery,
                const Partner& recipient, UtcTime now) {
    const Disclosed disclosed{delivery.discloser, delivery.kind,
                              labels_today(state, subject, delivery), delivery.occurred_at};
    return permit(state, subject, disclosed, {recipient.name, recipient.kind}, now).form;
}

}  // namespace

bool may_leave(const Draft& draft, const Delivery& delivery) {
    const State& state = draft.before();
    const Case* subject = draft.subject(effective_after(draft, delivery.client));
    const Partner* recipient = state.partner(delivery.recipient);
    if (subject == nullptr || recipient == nullptr || recipient->removed ||
        is_erased(draft, delivery.client) || !is_told_rightly(draft, delivery)) {
        return false;
    }
    if (delivery.is_alert) {
        return alert_may_leave(draft, *subject, delivery.alert, recipient->name);
    }
    const bool is_former_owner =
        recipient->kind == PartnerKind::Staff && recipient->name != subject->client.owner;
    if (is_former_owner) {
        return false;
    }
    return form_today(state, *subject, delivery, *recipient, draft.now()) != Form::Unset;
}

Delivery as_protected(const Draft& draft, Delivery delivery) {
    const Case* subject = draft.subject(effective_after(draft, delivery.client));
    const Partner* recipient = draft.before().partner(delivery.recipient);
    if (subject != nullptr && recipient != nullptr && !delivery.is_alert) {
        // Never more than was decided when it was routed: the journal tells that form.
        delivery.form = std::max(
            delivery.form, form_today(draft.before(), *subject, delivery, *recipient, draft.now()));
        delivery.labels = labels_today(draft.before(), *subject, delivery);
    }
    return delivery;
}

}  // namespace carehub::core
