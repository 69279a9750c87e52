// Many proofs of one tree, made in one pass over its leaves.
//
// Contract: say what is wanted, add() the leaf hashes of the tree in order, ask for the paths. Memory
// grows with the hashes that are wanted, not with the tree. A set that starts from an earlier tree
// takes the leaves after it alone: for a consistency proof from that tree, and for inclusion proofs of
// the leaves after it where the earlier tree's edge tells the rest.
// Errors: paths answer Invalid for what was not wanted, or when leaves are missing.
// Threads: confined to its owner.
#pragma once

#include <map>

#include "hub/audit/merkle_tree.hpp"
#include "hub/audit/proof.hpp"
#include "hub/audit/proof_plan.hpp"

namespace carehub::audit {

class ProofSet {
public:
    explicit ProofSet(std::uint64_t tree_size, MerkleTree start = {});

    /// leaf_index < tree_size.
    void want_inclusion(std::uint64_t leaf_index);
    /// old_size <= tree_size.
    void want_consistency(std::uint64_t old_size);

    /// Takes the hash of the next leaf; those after the tree are passed over.
    void add(const Hash256& leaf);

    [[nodiscard]] Result<InclusionProof> inclusion(std::uint64_t leaf_index) const;
    [[nodiscard]] Result<ConsistencyProof> consistency(std::uint64_t old_size) const;

private:
    void want(const std::vector<LeafRun>& plan);
    void note(const LeafRun& run, const Hash256& hash);
    [[nodiscard]] Result<std::vector<Hash256>> path(const std::vector<LeafRun>& plan) const;
    [[nodiscard]] Hash256 hash_of_tail(std::uint64_t begin) const;

    struct Wanted {
        bool known = false;
        Hash256 hash{};
    };

    std::uint64_t size_;
    MerkleTree tree_;
    std::map<LeafRun, Wanted> runs_;  ///< perfect subtrees; what ends with the tree is its edge
};

}  // namespace carehub::audit
