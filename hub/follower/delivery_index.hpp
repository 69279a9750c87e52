// Where in the journal a recipient's deliveries stand: of each kDeliveriesPerMark one number and
// the entry that decided it, so that reading a backlog starts near what is asked for.
//
// Contract: apply() takes every released entry once, in order. begin() is never behind the entry
// that decided that number; what was decided before the first entry applied is not known: then it
// is 1.
// Memory: 16 bytes for each mark.
// In a snapshot, a chunk of kind Deliveries holds one list: the recipient's number, 4 bytes; a
// count of marks, and for each, as varints, number and entry as differences from the mark before. A
// long list is continued by the next chunk.
// Threads: the follower's.
#pragma once

#include <map>
#include <vector>

#include "hub/model/entry.hpp"
#include "hub/snapshot/state_chunks.hpp"

namespace carehub::follower {

inline constexpr std::uint64_t kDeliveriesPerMark = 256;

class DeliveryIndex {
public:
    void apply(const Entry& entry);

    /// An entry from which on the recipient's deliveries of that number and above are found.
    [[nodiscard]] Sequence begin(PartnerId recipient, std::uint64_t number) const;

    [[nodiscard]] Status save(const snapshot::ChunkSink& sink) const;
    [[nodiscard]] Status load(ByteView chunk);

private:
    struct Mark {
        std::uint64_t number = 0;
        Sequence entry;
    };
    std::map<PartnerId, std::vector<Mark>> marks_;
};

}  // namespace carehub::follower
