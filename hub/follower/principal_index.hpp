// Which entries each principal made, or was told something by.
//
// Contract: apply() takes every released entry once, in order. Entries of one principal ascend and
// stand once.
// Memory: a byte or two an entry and principal, and 16 bytes for each kEntriesPerPlace.
// In a snapshot, a chunk of kind Principals holds one list: the principal's number, 4 bytes; a count
// of entries, and their sequences as differences from the one before (of the first: from the last of
// the chunk before), varints.
// Threads: the follower's.
#pragma once

#include <map>
#include <vector>

#include "hub/model/entry.hpp"
#include "hub/snapshot/state_chunks.hpp"

namespace carehub::follower {

inline constexpr std::size_t kEntriesPerPlace = 256;

/// Ascending sequences, packed.
class PackedEntries {
public:
    /// One not above the last is there already.
    void add(Sequence entry);
    [[nodiscard]] std::size_t size() const { return size_; }
    /// Those at the places from `begin` to before `end`, which is at most size().
    [[nodiscard]] std::vector<Sequence> stretch(std::size_t begin, std::size_t end) const;
    /// `place` below size().
    [[nodiscard]] Sequence at(std::size_t place) const { return stretch(place, place + 1).front(); }

private:
    struct Start {
        std::uint64_t before = 0;  ///< the entry before the stretch
        std::size_t offset = 0;    ///< where the stretch begins
    };
    Bytes differences_;
    std::vector<Start> starts_;  ///< one for each kEntriesPerPlace entries
    std::uint64_t last_ = 0;
    std::size_t size_ = 0;
};

class PrincipalIndex {
public:
    void apply(const Entry& entry);

    [[nodiscard]] const PackedEntries& of(PartnerId principal) const;

    [[nodiscard]] Status save(const snapshot::ChunkSink& sink) const;
    [[nodiscard]] Status load(ByteView chunk);

private:
    std::map<PartnerId, PackedEntries> entries_;
};

}  // namespace carehub::follower
