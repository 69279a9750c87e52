#include "hub/follower/follower.hpp"

#include <algorithm>

namespace carehub::follower {

void Follower::apply(const Entry& entry, std::uint32_t key, const Submission* event) {
    core::evolve(state_, entry.sequence, entry.decisions);
    people_.apply(entry, state_, key, event);
    strangers_.apply(entry, state_, key, event);
    passages_.apply(entry);
    deliveries_.apply(entry);
    principals_.apply(entry);
    if (!entry.decisions.client.is_none()) {
        note_about(entry.decisions.client, entry.sequence);
    }
    for (const Client& client : entry.decisions.clients) {
        if (!client.aside) {
            note_about(client.id, entry.sequence);
        }
    }
    for (const Link& link : entry.decisions.links) {
        note_about(link.client, entry.sequence);
    }
    for (const Merge& merge : entry.decisions.merges) {
        note_about(merge.client, entry.sequence);
    }
    note_told(entry.decisions);
    for (const Erasure& erasure : entry.decisions.erasures) {
        people_.forget(erasure.client);
        for (const Hash128& subject : erasure.subjects) {
            strangers_.forget(SubjectHash{subject});
        }
        by_client_[erasure.client] = {entry.sequence};  // all that is left to tell
    }
    if (entry.input_kind == InputKind::Submission || entry.input_kind == InputKind::Refused) {
        Counts& counts = counts_[entry.principal];
        (entry.decisions.refused == RefusalReason::None ? counts.accepted : counts.refused) += 1;
    }
}

std::vector<ClientId> Follower::persons_of(ClientId client) const {
    std::vector<ClientId> persons{client};
    for (const auto& [merged, merge] : state_.merges) {
        if (merged != client && state_.effective(merged) == client) {
            persons.push_back(merged);
        }
    }
    return persons;
}

/// What time alone decided names its clients in these: a tick is about nobody.
void Follower::note_told(const Decisions& decisions) {
    const auto note = [&](ClientId client) {
        if (client != decisions.client && !client.is_none()) {
            note_about(client, state_.last);
        }
    };
    for (const auto& owned : decisions.alerts) {
        note(owned.client);
    }
    for (const Delivery& delivery : decisions.deliveries) {
        note(delivery.client);
    }
    for (const DeadLetter& letter : decisions.dead_letters) {
        note(letter.delivery.client);
    }
    for (const Suspect& suspect : decisions.suspects) {
        note(client_of(suspect));
    }
}

/// None when it is not owed any more.
ClientId Follower::client_of(const Suspect& suspect) const {
    const auto outbox = state_.outboxes.find(suspect.recipient);
    if (outbox == state_.outboxes.end()) {
        return {};
    }
    const auto& pending = outbox->second.pending;
    const auto owed = std::ranges::lower_bound(pending, suspect.number, {}, &Delivery::number);
    return owed != pending.end() && owed->number == suspect.number ? owed->client : ClientId{};
}

void Follower::note_about(ClientId client, Sequence entry) {
    std::vector<Sequence>& entries = by_client_[client];
    if (entries.empty() || entries.back() != entry) {
        entries.push_back(entry);
    }
}

const std::vector<Sequence>& Follower::entries_of(ClientId client) const {
    static const std::vector<Sequence> kNone;
    const auto found = by_client_.find(client);
    return found == by_client_.end() ? kNone : found->second;
}

const core::RuleInfo* Follower::rule(RuleId id) const {
    const auto found =
        std::ranges::find(rules_, id, [](const auto& rule) { return rule->info().id; });
    return found == rules_.end() ? nullptr : &(*found)->info();
}

}  // namespace carehub::follower
