#include "hub/daemon/lookups.hpp"

#include <algorithm>

#include "hub/core/keyed.hpp"
#include "hub/follower/alert_text.hpp"
#include "hub/follower/permit_words.hpp"

namespace carehub::daemon {

std::string Lookups::partner(PartnerId id) const {
    return follower_.read([id](const follower::Follower& follower) {
        const Partner* known = follower.state().partner(id);
        return known == nullptr ? std::string() : std::string(follower.state().text(known->name));
    });
}

std::string Lookups::client(const ClientId& id) const {
    return follower_.read([&](const follower::Follower& follower) {
        return entries_.person(follower.people(), id)->name;
    });
}

std::vector<Identifier> Lookups::identifiers(const ClientId& id, PartnerId reader) const {
    return follower_.read([&](const follower::Follower& follower) {
        std::vector<Identifier> own;
        for (const ClientId& person : follower.persons_of(id)) {
            const auto known =
                follower.people().identifiers(*entries_.person(follower.people(), person), reader);
            own.insert(own.end(), known.begin(), known.end());
        }
        return own;
    });
}

std::string Lookups::consent_scope(const Delivery& delivery) const {
    return follower_.read([&](const follower::Follower& follower) {
        const core::State& state = follower.state();
        const core::Case* subject = state.find_case(state.effective(delivery.client));
        const Partner* reader = state.partner(delivery.recipient);
        if (subject == nullptr || reader == nullptr) {
            return std::string();
        }
        return follower::scope_words(
            state, *subject,
            {delivery.discloser, delivery.kind, delivery.labels, delivery.occurred_at},
            {reader->name, reader->kind});
    });
}

std::optional<AlertNotice> Lookups::render(const ClientId& client, const AlertId& alert) const {
    return follower_.read([&](const follower::Follower& follower) -> std::optional<AlertNotice> {
        const core::Case* subject = follower.state().case_or_office(client);
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

Sequence Lookups::last() const {
    return follower_.read([](const follower::Follower& follower) { return follower.state().last; });
}

Sequence Lookups::begin(PartnerId recipient, std::uint64_t after) const {
    return follower_.read([&](const follower::Follower& follower) {
        const Sequence marked = follower.deliveries().begin(recipient, after + 1);
        const auto outbox = follower.state().outboxes.find(recipient);
        const bool is_owed =
            outbox != follower.state().outboxes.end() && after >= outbox->second.acknowledged;
        return is_owed ? std::max(marked, outbox->second.position) : marked;
    });
}

Result<gateway::Backlog> Lookups::deliveries(PartnerId recipient, std::uint64_t after,
                                             Sequence from, std::size_t most) const {
    const Sequence end{last().value + 1};
    gateway::Backlog read;
    read.next = std::max(from, begin(recipient, after));
    const Sequence stop{std::min(end.value, read.next.value + kBacklogEntriesMax)};
    for (; read.next < stop; ++read.next.value) {
        CAREHUB_TRY(const Decisions decisions, entries_.decisions(read.next));
        for (const Delivery& delivery : decisions.deliveries) {
            const bool wanted = delivery.recipient == recipient && delivery.number > after &&
                                delivery.state == DeliveryState::Queued;
            if (wanted && read.deliveries.size() == most) {
                return read;  // this entry is read again for the rest
            }
            if (wanted) {
                read.deliveries.push_back(delivery);
            }
        }
    }
    read.at_end = read.next >= end;
    return read;
}

Result<Sequence> Lookups::first_since(UtcTime time) const {
    std::uint64_t low = 1;
    std::uint64_t high = last().value + 1;
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        CAREHUB_TRY(const Entry entry, entries_.head({middle}));
        (entry.at < time ? low : high) = entry.at < time ? middle + 1 : middle;
    }
    return Sequence{low};
}

}  // namespace carehub::daemon
