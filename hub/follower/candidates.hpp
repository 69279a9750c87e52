// Who may be the same person: clients of the roster, compared with each other and with those of whom
// partners told under identifiers that are nobody's.
//
// Contract: proposes and decides nothing. Never proposed: who is told of as protected (DvProtected),
// whom a feed in rehearsal told of, and a pair that a person decided about: one (merge, link) or two
// (distinguish, unmerge, unlink, split), by any of their identifiers and whomever they are one with.
// Of the clients the newest kReviewClientsMax are compared; how many were not is told.
// Threads: the follower's. Lifetime: for one answer; borrows the question.
#pragma once

#include <set>

#include "hub/follower/answering.hpp"
#include "hub/match/propose.hpp"

namespace carehub::follower {

/// Of a client, or of somebody who is none.
struct Candidate {
    ClientId client;                     ///< none: no client
    const Stranger* stranger = nullptr;  ///< of no client
    Sequence told;                       ///< of no client: the event
    PersonPtr person;
    match::Profile profile;
};

class Candidates {
public:
    explicit Candidates(const Answering& question);

    struct Pair {
        const Candidate* client;
        const Candidate* other;
        match::Proposal proposal;
    };
    struct Found {
        std::vector<Pair> pairs;  ///< the most likely first
        std::size_t people = 0;   ///< compared
        std::size_t clients_left_out = 0;
        std::size_t pairs_left_out = 0;  ///< match::Proposed
        std::size_t elsewhere = 0;       ///< pairs of which the asker may not read both
    };
    /// Pairs nobody decided about; with `only`, those of that client.
    [[nodiscard]] Found find(ClientId only) const;

private:
    void add_clients();
    void add_strangers();
    void find_apart();
    [[nodiscard]] std::pair<ClientId, ClientId> pair_of(ClientId one, ClientId other) const;
    [[nodiscard]] bool is_open(const Candidate& one, const Candidate& other) const;
    [[nodiscard]] bool is_open(ClientId client, const Candidate& stranger) const;
    [[nodiscard]] bool is_protected(const Candidate& one) const;
    [[nodiscard]] bool may_read(ClientId client) const;
    /// By which a pair is known that comes up more than once: of merged clients, or of somebody with
    /// several identifiers.
    [[nodiscard]] Hash128 mark_of(const Candidate& one) const;

    const Answering& question_;
    const core::State& state_;
    std::vector<Candidate> people_;
    std::size_t left_out_ = 0;
    std::set<std::pair<ClientId, ClientId>> apart_;
};

}  // namespace carehub::follower
