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
        const core::Case* subject = follower.state().find_case(id);
        return subject == nullptr ? std::string() : follower::roster_name(entries_, *subject);
    });
}

std::vector<Identifier> Lookups::identifiers(const ClientId& id, PartnerId reader) const {
    // The events this partner itself sent about the client show the identifiers it uses.
    return follower_.read([&](const follower::Follower& follower) {
        const auto& sequences = follower.entries_of(id);
        for (auto sequence = sequences.rbegin(); sequence != sequences.rend(); ++sequence) {
            const auto found = entries_.entry(*sequence);
            if (!found || (*found)->principal != reader) {
                continue;
            }
            if (const auto event = entries_.submission(*sequence)) {
                return event->identifiers;
            }
        }
        return std::vector<Identifier>();
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
