#include "hub/follower/follower.hpp"

#include <algorithm>

namespace carehub::follower {
namespace {

template <class Map, class Key>
const std::vector<Sequence>& list_of(const Map& lists, const Key& key) {
    static const std::vector<Sequence> kNone;
    const auto found = lists.find(key);
    return found == lists.end() ? kNone : found->second;
}

}  // namespace

void Follower::apply(const Entry& entry) {
    core::evolve(state_, entry.sequence, entry.decisions);
    if (!entry.decisions.client.is_none()) {
        by_client_[entry.decisions.client].push_back(entry.sequence);
        if (entry.input_kind == InputKind::Command) {
            commands_by_client_[entry.decisions.client].push_back(entry.sequence);
        }
    }
    for (const Client& client : entry.decisions.clients) {
        if (client.id != entry.decisions.client) {
            by_client_[client.id].push_back(entry.sequence);
        }
    }
    if (entry.principal.value != 0) {
        by_partner_[entry.principal].push_back(entry.sequence);
    }
    if (entry.input_kind == InputKind::Submission || entry.input_kind == InputKind::Refused) {
        Counts& counts = counts_[entry.principal];
        (entry.decisions.refused == RefusalReason::None ? counts.accepted : counts.refused) += 1;
    }
}

const std::vector<Sequence>& Follower::entries_of(ClientId client) const {
    return list_of(by_client_, client);
}

const std::vector<Sequence>& Follower::entries_of(PartnerId partner) const {
    return list_of(by_partner_, partner);
}

const std::vector<Sequence>& Follower::commands_of(ClientId client) const {
    return list_of(commands_by_client_, client);
}

const core::RuleInfo* Follower::rule(RuleId id) const {
    const auto found = std::ranges::find(rules_, id, [](const auto& rule) { return rule->info().id; });
    return found == rules_.end() ? nullptr : &(*found)->info();
}

}  // namespace carehub::follower
