#include "hub/daemon/lookups.hpp"

#include <algorithm>

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
    return follower_.read([&](const follower::Follower& follower) {
        std::vector<Identifier> own = from_events(follower, id, reader);
        return own.empty() ? from_roster(follower, id, reader) : own;
    });
}

/// The newest event this partner itself sent about the client shows the identifiers it uses.
std::vector<Identifier> Lookups::from_events(const follower::Follower& follower, const ClientId& id,
                                             PartnerId reader) const {
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
    return {};
}

/// Else the client's identifiers of the authorities under which this partner names its clients.
std::vector<Identifier> Lookups::from_roster(const follower::Follower& follower, const ClientId& id,
                                             PartnerId reader) const {
    const auto& sent = follower.entries_of(reader);
    std::optional<Submission> example;
    for (auto sequence = sent.rbegin(); sequence != sent.rend() && !example; ++sequence) {
        example = entries_.submission(*sequence);
    }
    std::vector<Identifier> own;
    for (const Sequence sequence : follower.entries_of(id)) {
        const std::optional<CommandBody> command = entries_.command(sequence);
        const auto* row = command ? std::get_if<RosterCommand>(&*command) : nullptr;
        const bool known = row != nullptr && example &&
                           std::ranges::any_of(example->identifiers, [row](const Identifier& used) {
                               return used.authority == row->identifier.authority &&
                                      used.type == row->identifier.type;
                           });
        if (known) {
            own.push_back(row->identifier);
        }
    }
    return own;
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
