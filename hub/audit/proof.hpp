// Proofs an outsider checks with nothing but hashes (RFC 9162, 2.1.3 and 2.1.4).
//
// An inclusion proof shows that one leaf is in the tree with this root; a consistency proof shows
// that a larger tree begins with all the leaves of a smaller one, unchanged and in order.
// Contract: verify_*() accept exactly what the RFC's algorithms 2.1.3.2 and 2.1.4.2 accept. Leaves
// are counted from 0, so the entry with sequence s is leaf s - 1. Paths run from leaf to root.
// Threads: immutable data, pure functions.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/base/bytes.hpp"

namespace carehub::audit {

/// A tree as someone outside remembers it: from a receipt, a checkpoint or a printed page.
struct TreeHead {
    std::uint64_t size = 0;
    Hash256 root{};

    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

struct InclusionProof {
    std::uint64_t leaf_index = 0;
    std::uint64_t tree_size = 0;
    std::vector<Hash256> path;
};

struct ConsistencyProof {
    std::uint64_t old_size = 0;
    std::uint64_t new_size = 0;
    std::vector<Hash256> path;
};

/// True when `leaf`, a hash_leaf(), is at the proof's index in the tree with this root.
[[nodiscard]] bool verify_inclusion(const InclusionProof& proof, const Hash256& leaf,
                                    const Hash256& root);

/// True when the newer tree begins with the older one.
[[nodiscard]] bool verify_consistency(const ConsistencyProof& proof, const Hash256& old_root,
                                      const Hash256& new_root);

}  // namespace carehub::audit
