// When recipients acknowledged what they were sent, read from the journal.
//
// Contract: exact; what was read for one delivery is kept for the others of the question.
// Threads: the follower's. Lifetime: borrows all it is given.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "hub/follower/entry_reader.hpp"
#include "hub/follower/passages.hpp"

namespace carehub::follower {

class Acknowledgements {
public:
    struct Found {
        std::uint64_t number = 0;  ///< up to and including
        Sequence entry;
        UtcTime at = kUnknownTime;
    };

    Acknowledgements(const Passages& passages, const EntryReader& entries)
        : passages_(passages), entries_(entries) {}

    /// The first acknowledgement that covers the number; nothing when none is found.
    [[nodiscard]] std::optional<Found> of(PartnerId recipient, std::uint64_t number);

private:
    using Stretch = std::pair<PartnerId, Sequence>;  ///< and the entry before it

    [[nodiscard]] std::vector<Found> read(PartnerId recipient, const Passages::Span& span) const;
    void add(Sequence entry, PartnerId recipient, std::vector<Found>& found) const;

    const Passages& passages_;
    const EntryReader& entries_;
    std::map<Stretch, std::vector<Found>> read_;
};

}  // namespace carehub::follower
