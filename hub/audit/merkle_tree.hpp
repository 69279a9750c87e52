// A Merkle tree that only grows (RFC 9162, 2.1.1), kept as its right edge: the roots of the perfect
// subtrees its leaves fall into, largest first. For a size of n that is one hash per set bit of n.
//
// Contract: append() costs one node hash on average, root() at most 63. Edge and size are the whole
// state: restore() gives back a tree that goes on exactly as the one they were taken from.
// Errors: restore() answers Invalid when size and edge do not fit each other.
// Threads: confined to its owner.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::audit {

class MerkleTree {
public:
    MerkleTree() = default;

    [[nodiscard]] static Result<MerkleTree> restore(std::uint64_t size, std::vector<Hash256> edge);

    /// Adds the next leaf, given as hash_leaf() of its bytes.
    void append(const Hash256& leaf);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] Hash256 root() const;
    [[nodiscard]] std::span<const Hash256> edge() const { return edge_; }

    friend bool operator==(const MerkleTree&, const MerkleTree&) = default;

private:
    std::uint64_t size_ = 0;
    std::vector<Hash256> edge_;
};

}  // namespace carehub::audit
