// Who the clients are: their names and identifiers as the roster and the partners' own events tell
// them. State knows only keyed hashes of these.
//
// Whoever was told of since the start is held in the clear; the others as the snapshot had them,
// sealed under their own keys, and are opened when somebody asks (PersonReader). So a start opens
// nobody, and a person whose key was erased is gone from here too.
// Contract: apply() takes every released entry once, in order, its input in the clear when wants()
// says so. An identifier is one client's at a time; a person's word takes it from one (LinkCommand).
// Threads: the follower's; find() by any thread while nobody applies.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "hub/core/state.hpp"
#include "hub/follower/person.hpp"
#include "hub/model/command.hpp"
#include "hub/model/entry.hpp"
#include "hub/snapshot/byte_reader.hpp"
#include "hub/snapshot/state_chunks.hpp"
#include "hub/vault/resealer.hpp"

namespace carehub::follower {

class People {
public:
    /// For persons that a snapshot told of, when an entry tells more. The vault outlives the
    /// people.
    void open_with(const vault::Vault& vault) {
        unsealer_ = std::make_unique<vault::Unsealer>(vault);
    }

    /// Whether apply() reads this entry's input; replay unseals no other. The input may be missing.
    [[nodiscard]] bool wants(const Entry& head) const;
    /// `key`: number of the key that sealed the input, where the caller read it sealed; else 0.
    /// `event`: the input of a submission, where the caller has it decoded; else null.
    /// `state`: as the entry left it, which knows the partner that a roster row names.
    void apply(const Entry& entry, const core::State& state, std::uint32_t key = 0,
               const Submission* event = nullptr);
    /// Nothing in the clear is left of the client; what is sealed opens no more without its key.
    void forget(const ClientId& client);

    struct Found {
        PersonPtr clear;                       ///< null when not told of since the start
        const SealedPerson* sealed = nullptr;  ///< null when clear, or unknown
    };
    [[nodiscard]] Found find(const ClientId& client) const;

    /// Those under which this partner itself knows the client: the roster's of the authorities that
    /// roster rows say are its own or that it uses in its events, else what its first event about the
    /// client carried.
    [[nodiscard]] std::vector<Identifier> identifiers(const Person& person,
                                                      PartnerId partner) const;

    // --- Snapshots ---

    /// Chunks of kind People, clients in order. A client without a key of its own, or whose key was
    /// erased, is left out.
    [[nodiscard]] Status save(Sequence at, vault::Resealer& sealer,
                              const snapshot::ChunkSink& sink) const;
    [[nodiscard]] Status load(ByteView chunk);
    /// What of partners' events is no person's: how they name clients. Part of the Partners chunk.
    void save_schemes(Bytes& out) const;
    [[nodiscard]] bool load_schemes(snapshot::ByteReader& bytes);
    [[nodiscard]] std::size_t count() const { return held_.size(); }
    void make_room(std::uint64_t people);

private:
    struct Held {
        std::vector<PartnerId> seen_by;  ///< partners of whom a first event was read
        PersonPtr clear;
        SealedPerson sealed;    ///< empty when `clear` is there
        std::uint32_t key = 0;  ///< the client's; 0: not known here
    };
    /// An authority and a type of identifier.
    using Scheme = std::pair<std::string, std::string>;

    [[nodiscard]] Person opened(const ClientId& client, const Held& held) const;
    void apply_row(const Entry& entry, const core::State& state);
    void apply_link(const Entry& entry, const LinkCommand& told);
    void apply_event(const Entry& entry, const core::State& state, const Submission& event);
    void note_profile(const Entry& entry, const core::State& state, const Submission& event);
    void forget_told(const ClientId& client);
    void note_scheme(PartnerId partner, const Identifier& identifier);
    [[nodiscard]] bool uses(PartnerId partner, const Identifier& identifier) const;
    static void change(Held& held, Person person);

    std::unordered_map<ClientId, Held> held_;
    std::unordered_map<PartnerId, std::vector<Scheme>> schemes_;
    std::unique_ptr<vault::Unsealer> unsealer_;
};

}  // namespace carehub::follower
