#include "hub/daemon/lookups.hpp"

#include <algorithm>

#include "hub/core/keyed.hpp"
#include "hub/follower/alert_text.hpp"

namespace carehub::daemon {
namespace {

constexpr std::size_t kRememberedMax = 500'000;  ///< names and identifier lists held in memory

}  // namespace

std::string Lookups::partner(PartnerId id) const {
    return follower_.read([id](const follower::Follower& follower) {
        const Partner* known = follower.state().partner(id);
        return known == nullptr ? std::string() : std::string(follower.state().text(known->name));
    });
}

void Lookups::forget_when_changed(const follower::Follower& follower) const {
    const std::size_t links = follower.state().links.size();
    const bool full = remembered_.names.size() + remembered_.identifiers.size() > kRememberedMax;
    if (links != remembered_.links || full) {
        remembered_ = {};
        remembered_.links = links;
    }
}

std::string Lookups::client(const ClientId& id) const {
    return follower_.read([&](const follower::Follower& follower) {
        forget_when_changed(follower);
        const auto known = remembered_.names.find(id);
        if (known != remembered_.names.end()) {
            return known->second;
        }
        const core::Case* subject = follower.state().find_case(id);
        std::string name = subject == nullptr ? std::string() : follower::roster_name(entries_, *subject);
        remembered_.names.emplace(id, name);
        return name;
    });
}

std::vector<Identifier> Lookups::identifiers(const ClientId& id, PartnerId reader) const {
    return follower_.read([&](const follower::Follower& follower) {
        forget_when_changed(follower);
        const auto known = remembered_.identifiers.find({id, reader});
        if (known != remembered_.identifiers.end()) {
            return known->second;
        }
        std::vector<Identifier> own = from_roster(follower, id, reader);
        if (own.empty()) {
            own = from_events(follower, id, reader);
        }
        remembered_.identifiers.emplace(std::pair(id, reader), own);
        return own;
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

/// The client's identifiers of the authorities under which this partner names its clients.
std::vector<Identifier> Lookups::from_roster(const follower::Follower& follower, const ClientId& id,
                                             PartnerId reader) const {
    const auto& sent = follower.entries_of(reader);
    std::optional<Submission> example;
    for (auto sequence = sent.rbegin(); sequence != sent.rend() && !example; ++sequence) {
        example = entries_.submission(*sequence);
    }
    std::vector<Identifier> own;
    for (const Sequence sequence : follower.commands_of(id)) {
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
