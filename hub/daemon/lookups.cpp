#include "hub/daemon/lookups.hpp"

#include "hub/core/keyed.hpp"
#include "hub/follower/alert_text.hpp"

namespace carehub::daemon {

std::string Lookups::partner(PartnerId id) const {
    return follower_.read([id](const follower::Follower& follower) {
        const Partner* known = follower.state().partner(id);
        return known == nullptr ? std::string() : std::string(follower.state().text(known->name));
    });
}

std::string Lookups::client(const ClientId& id) const {
    return follower_.read([&](const follower::Follower& follower) {
        return std::string(follower.people().name(id));
    });
}

std::vector<Identifier> Lookups::identifiers(const ClientId& id, PartnerId reader) const {
    return follower_.read([&](const follower::Follower& follower) {
        return follower.people().identifiers(id, reader);
    });
}

std::optional<AlertNotice> Lookups::render(const ClientId& client, const AlertId& alert) const {
    return follower_.read([&](const follower::Follower& follower) -> std::optional<AlertNotice> {
        const core::Case* subject = follower.state().find_case(client);
        const Alert* known = subject == nullptr ? nullptr : core::find(subject->alerts, alert);
        if (known == nullptr) {
            return std::nullopt;
        }
        return follower::render_alert(follower, entries_, *subject, *known);
    });
}

Result<gateway::EntryPtr> Lookups::entry(Sequence sequence) const {
    return entries_.entry(sequence);
}

}  // namespace carehub::daemon
