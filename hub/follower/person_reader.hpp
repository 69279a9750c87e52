// Opens people for one thread, and keeps those asked for lately.
//
// Contract: what it gives is what the follower knows at the time of the question.
// Threads: confined to its owner. Lifetime: borrows the unsealer; the people only for the call.
#pragma once

#include <unordered_map>

#include "hub/follower/people.hpp"
#include "hub/follower/strangers.hpp"

namespace carehub::follower {

/// Persons one thread keeps open, some 300 bytes each: those the notices of a day are about.
/// Opening one costs as much as all else that is done to word a notice.
inline constexpr std::size_t kPeopleOpenMax = 262'144;

class PersonReader {
public:
    explicit PersonReader(vault::Unsealer& unsealer) : unsealer_(unsealer) {}

    /// Never null: of a client nobody knows, nothing is known.
    [[nodiscard]] PersonPtr person(const People& people, const ClientId& client);
    [[nodiscard]] PersonPtr person(const Stranger& stranger);

private:
    struct Opened {
        std::uint64_t sealed_at = 0;
        PersonPtr person;
    };
    using Generation = std::unordered_map<ClientId, Opened>;

    [[nodiscard]] PersonPtr open(const ClientId& id, const SealedPerson& sealed);
    [[nodiscard]] const Opened* kept(const ClientId& client);
    void keep(const ClientId& client, Opened opened);

    vault::Unsealer& unsealer_;
    Generation young_;  ///< asked for since the last change of generations
    Generation old_;    ///< dropped at the next one
};

}  // namespace carehub::follower
