// A second State, kept by evolve from released entries, with what staff ask for: who a client is,
// which entries speak of it, how an alert reads.
//
// Contract: apply() takes every released entry once, in order, its input in the clear where
// people().wants() it. The posting lists (client -> sequences) live in memory and are rebuilt
// from the journal at start; nothing here decides.
// Threads: confined, or guarded by its owner.
#pragma once

#include <unordered_map>
#include <vector>

#include "hub/core/rule.hpp"
#include "hub/core/state.hpp"
#include "hub/follower/people.hpp"
#include "hub/model/entry.hpp"

namespace carehub::follower {

class Follower {
public:
    explicit Follower(core::RuleSet rules) : rules_(std::move(rules)) {}

    void apply(const Entry& entry);

    [[nodiscard]] const core::State& state() const { return state_; }
    [[nodiscard]] const core::RuleSet& rules() const { return rules_; }
    /// Entries about a client, oldest first.
    [[nodiscard]] const std::vector<Sequence>& entries_of(ClientId client) const;
    [[nodiscard]] const People& people() const { return people_; }
    /// How many events of a partner were accepted and refused.
    struct Counts {
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;
    };
    [[nodiscard]] const std::unordered_map<PartnerId, Counts>& counts() const { return counts_; }
    [[nodiscard]] const core::RuleInfo* rule(RuleId id) const;

private:
    core::State state_;
    core::RuleSet rules_;
    std::unordered_map<ClientId, std::vector<Sequence>> by_client_;
    People people_;
    std::unordered_map<PartnerId, Counts> counts_;
};

}  // namespace carehub::follower
