// A second State, kept by evolve from released entries, with what staff ask for: who a client is,
// which entries speak of it, how an alert reads.
//
// Contract: apply() takes every released entry once, in order, its input in the clear where
// wants() says so. The posting lists (client -> sequences) live in memory; a start loads them
// from the newest snapshot and takes the rest from the journal. Nothing here decides.
// Threads: confined, or guarded by its owner.
#pragma once

#include <unordered_map>
#include <vector>

#include "hub/core/rule.hpp"
#include "hub/core/state.hpp"
#include "hub/follower/delivery_index.hpp"
#include "hub/follower/passages.hpp"
#include "hub/follower/people.hpp"
#include "hub/follower/principal_index.hpp"
#include "hub/follower/strangers.hpp"
#include "hub/model/entry.hpp"

namespace carehub::follower {

class Follower {
public:
    explicit Follower(core::RuleSet rules) : rules_(std::move(rules)) {}

    /// Whether apply() reads this entry's input; replay unseals no other.
    [[nodiscard]] bool wants(const Entry& head) const {
        return people_.wants(head) || Strangers::wants(head);
    }
    /// `key`, `event`: as People::apply().
    void apply(const Entry& entry, std::uint32_t key = 0, const Submission* event = nullptr);

    // --- Snapshots ---

    /// Before load(). The vault outlives the follower.
    void open_people_with(const vault::Vault& vault) { people_.open_with(vault); }
    /// What is known beside State, as chunks.
    [[nodiscard]] Status save(vault::Resealer& sealer, const snapshot::ChunkSink& sink) const;
    /// Adds one chunk of a snapshot taken at `at`. What the follower was after an error must not be
    /// used.
    [[nodiscard]] Status load(const snapshot::Chunk& chunk, Sequence at);
    void make_room(const snapshot::Trailer& trailer);
    /// In place of State chunks, where somebody else loaded them.
    void start_from(core::State state) { state_ = std::move(state); }

    [[nodiscard]] const core::State& state() const { return state_; }
    [[nodiscard]] const core::RuleSet& rules() const { return rules_; }
    /// Entries about a client, oldest first.
    [[nodiscard]] const std::vector<Sequence>& entries_of(ClientId client) const;
    /// That client, and those that are one with it: what is told of it may be told under any of
    /// their identifiers.
    [[nodiscard]] std::vector<ClientId> persons_of(ClientId client) const;
    [[nodiscard]] const People& people() const { return people_; }
    [[nodiscard]] const Strangers& strangers() const { return strangers_; }
    [[nodiscard]] const Passages& passages() const { return passages_; }
    [[nodiscard]] const DeliveryIndex& deliveries() const { return deliveries_; }
    [[nodiscard]] const PrincipalIndex& principals() const { return principals_; }
    /// How many events of a partner were accepted and refused.
    struct Counts {
        std::uint64_t accepted = 0;
        std::uint64_t refused = 0;
    };
    [[nodiscard]] const std::unordered_map<PartnerId, Counts>& counts() const { return counts_; }
    [[nodiscard]] const core::RuleInfo* rule(RuleId id) const;

private:
    void note_about(ClientId client, Sequence entry);
    void note_told(const Decisions& decisions);
    [[nodiscard]] ClientId client_of(const Suspect& suspect) const;
    [[nodiscard]] Status save_postings(const snapshot::ChunkSink& sink) const;
    [[nodiscard]] Status load_postings(ByteView content);
    [[nodiscard]] Status load_partners(ByteView content);

    core::State state_;
    core::RuleSet rules_;
    std::unordered_map<ClientId, std::vector<Sequence>> by_client_;
    People people_;
    Strangers strangers_;
    Passages passages_;
    DeliveryIndex deliveries_;
    PrincipalIndex principals_;
    std::unordered_map<PartnerId, Counts> counts_;
};

}  // namespace carehub::follower
