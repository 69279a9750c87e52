#include "hub/audit/proof.hpp"

#include <bit>
#include <span>

#include "hub/audit/hash.hpp"

namespace carehub::audit {
namespace {

/// Where a walk from a leaf to the root stands: the node's index and the last index on its level.
struct Walk {
    std::uint64_t node = 0;
    std::uint64_t last = 0;

    /// True when the next hash of the path is a left neighbour.
    [[nodiscard]] bool is_right_child() const { return (node & 1U) != 0 || node == last; }
    void climb() {
        node >>= 1U;
        last >>= 1U;
    }
    /// A last node without a right neighbour moves up as it is, level by level.
    void climb_to_right_child() {
        while ((node & 1U) == 0 && node != 0) {
            climb();
        }
    }
};

bool proves_growth(const ConsistencyProof& proof, const Hash256& old_root,
                   const Hash256& new_root) {
    std::span<const Hash256> path = proof.path;
    if (path.empty()) {
        return false;
    }
    // An old tree that is one perfect subtree is its own first hash; the path leaves it out.
    Hash256 old_side = old_root;
    if (!std::has_single_bit(proof.old_size)) {
        old_side = path.front();
        path = path.subspan(1);
    }
    Hash256 new_side = old_side;
    Walk walk{proof.old_size - 1, proof.new_size - 1};
    while ((walk.node & 1U) != 0) {
        walk.climb();
    }
    for (const Hash256& neighbour : path) {
        if (walk.last == 0) {
            return false;
        }
        if (walk.is_right_child()) {
            old_side = hash_node(neighbour, old_side);
            new_side = hash_node(neighbour, new_side);
            walk.climb_to_right_child();
        } else {
            new_side = hash_node(new_side, neighbour);
        }
        walk.climb();
    }
    return walk.last == 0 && old_side == old_root && new_side == new_root;
}

}  // namespace

bool verify_inclusion(const InclusionProof& proof, const Hash256& leaf, const Hash256& root) {
    if (proof.leaf_index >= proof.tree_size) {
        return false;
    }
    Hash256 hash = leaf;
    Walk walk{proof.leaf_index, proof.tree_size - 1};
    for (const Hash256& neighbour : proof.path) {
        if (walk.last == 0) {
            return false;
        }
        if (walk.is_right_child()) {
            hash = hash_node(neighbour, hash);
            walk.climb_to_right_child();
        } else {
            hash = hash_node(hash, neighbour);
        }
        walk.climb();
    }
    return walk.last == 0 && hash == root;
}

bool verify_consistency(const ConsistencyProof& proof, const Hash256& old_root,
                        const Hash256& new_root) {
    if (proof.old_size > proof.new_size) {
        return false;
    }
    if (proof.old_size == proof.new_size) {
        return proof.path.empty() && old_root == new_root;
    }
    if (proof.old_size == 0) {
        return proof.path.empty() && old_root == empty_root();
    }
    return proves_growth(proof, old_root, new_root);
}

}  // namespace carehub::audit
