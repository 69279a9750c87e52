// Makes a proof in one pass over the leaves, in memory that does not grow with the journal.
//
// Every hash of a proof is the root of a run of leaves (proof_plan.hpp). The builder takes the leaf
// hashes in order, hashes only those that belong to a run, and hands out the path. For many proofs of
// one tree: proof_set.hpp.
// Contract: add() the hashes of all leaves of the (newer) tree, from leaf 0 on; further ones are
// ignored. inclusion() needs leaf_index < tree_size, consistency() needs old_size <= new_size.
// Errors: finish() answers Invalid when leaves are missing.
// Threads: confined to its owner.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/audit/merkle_tree.hpp"
#include "hub/audit/proof.hpp"
#include "hub/audit/proof_plan.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::audit {

class ProofBuilder {
public:
    [[nodiscard]] static ProofBuilder inclusion(std::uint64_t leaf_index, std::uint64_t tree_size);
    [[nodiscard]] static ProofBuilder consistency(std::uint64_t old_size, std::uint64_t new_size);

    /// Takes the hash of the next leaf.
    void add(const Hash256& leaf);

    /// The path, from leaf to root.
    [[nodiscard]] Result<std::vector<Hash256>> finish() const;

private:
    /// Leaves [begin, end), the tree over them, and their hash's place in the path.
    struct Run {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        std::size_t place = 0;
        MerkleTree tree;
    };

    explicit ProofBuilder(const std::vector<LeafRun>& plan);

    std::vector<Run> runs_;  ///< by begin; they never overlap
    std::size_t current_ = 0;
    std::uint64_t next_leaf_ = 0;
};

}  // namespace carehub::audit
