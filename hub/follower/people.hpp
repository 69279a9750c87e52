// Who the clients are, in clear: their names and identifiers as the roster and the partners' own
// events tell them. State knows only keyed hashes of these.
//
// Contract: apply() takes every released entry once, in order, its input in the clear when wants()
// says so. Identifiers are only ever added: the core refuses one that belongs to another client.
// Threads: the follower's.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/model/entry.hpp"

namespace carehub::follower {

class People {
public:
    /// Whether apply() reads this entry's input; replay unseals no other. The input may be missing.
    [[nodiscard]] bool wants(const Entry& head) const;
    void apply(const Entry& entry);

    /// The client's name in the roster; empty when unknown.
    [[nodiscard]] std::string_view name(const ClientId& client) const;
    /// What the roster says, in its order.
    [[nodiscard]] const std::vector<Identifier>& identifiers(const ClientId& client) const;
    /// The entries of the client's rows of the roster, oldest first.
    [[nodiscard]] const std::vector<Sequence>& rows(const ClientId& client) const;
    /// Those under which this partner itself knows the client: the roster's of the authorities it
    /// uses in its events, else what its first event about the client carried.
    [[nodiscard]] std::vector<Identifier> identifiers(const ClientId& client,
                                                      PartnerId partner) const;

private:
    struct Person {
        std::string name;
        std::vector<Identifier> roster;
        std::vector<Sequence> rows;
    };
    struct Seen {
        ClientId client;
        PartnerId partner;
        friend bool operator==(const Seen&, const Seen&) = default;
    };
    struct SeenHash {
        std::size_t operator()(const Seen& seen) const;
    };
    /// An authority and a type of identifier.
    using Scheme = std::pair<std::string, std::string>;

    [[nodiscard]] const Person& person(const ClientId& client) const;
    void apply_row(const Entry& entry);
    void apply_event(const Entry& entry);
    void note_scheme(PartnerId partner, const Identifier& identifier);
    [[nodiscard]] bool uses(PartnerId partner, const Identifier& identifier) const;

    std::unordered_map<ClientId, Person> people_;
    std::unordered_map<PartnerId, std::vector<Scheme>> schemes_;
    /// Of each partner's first event about a client the identifiers that the roster does not know.
    std::unordered_map<Seen, std::vector<Identifier>, SeenHash> seen_;
};

}  // namespace carehub::follower
