#include "hub/core/may_leave.hpp"

#include "hub/core/alerts.hpp"
#include "hub/core/keyed.hpp"
#include "hub/core/permit.hpp"

namespace carehub::core {
namespace {

bool alert_may_leave(const Draft& draft, const Case& subject, AlertId id) {
    const Alert* alert = find(subject.alerts, id);
    return alert != nullptr && alert->state != AlertState::Suppressed &&
           owner_may_see(draft.before(), subject, alert->finding, draft.now());
}

}  // namespace

bool may_leave(const Draft& draft, const Delivery& delivery) {
    const State& state = draft.before();
    const Case* subject = draft.subject(delivery.client);
    const Partner* recipient = state.partner(delivery.recipient);
    if (subject == nullptr || recipient == nullptr || recipient->removed) {
        return false;
    }
    const bool is_former_owner =
        recipient->kind == PartnerKind::Staff && recipient->name != subject->client.owner;
    if (is_former_owner) {
        return false;
    }
    if (delivery.is_alert) {
        return alert_may_leave(draft, *subject, delivery.alert);
    }
    const Disclosed disclosed{delivery.discloser, delivery.kind, delivery.labels,
                              delivery.occurred_at};
    return permit(state, *subject, disclosed, {recipient->name, recipient->kind}, draft.now())
               .form == delivery.form;
}

}  // namespace carehub::core
