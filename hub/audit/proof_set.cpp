#include "hub/audit/proof_set.hpp"

#include "hub/audit/hash.hpp"

namespace carehub::audit {
ProofSet::ProofSet(std::uint64_t tree_size, MerkleTree start)
    : size_(tree_size), tree_(std::move(start)) {}

void ProofSet::want_inclusion(std::uint64_t leaf_index) { want(inclusion_plan(leaf_index, size_)); }

void ProofSet::want_consistency(std::uint64_t old_size) { want(consistency_plan(old_size, size_)); }

void ProofSet::want(const std::vector<LeafRun>& plan) {
    for (const LeafRun& run : plan) {
        runs_.try_emplace(run);
    }
    for (std::size_t i = 0; i < tree_.edge().size(); ++i) {
        note(edge_run(tree_.size(), i), tree_.edge()[i]);
    }
}

void ProofSet::note(const LeafRun& run, const Hash256& hash) {
    const auto wanted = runs_.find(run);
    if (wanted != runs_.end()) {
        wanted->second = {true, hash};
    }
}

void ProofSet::add(const Hash256& leaf) {
    if (tree_.size() >= size_) {
        return;
    }
    const std::uint64_t end = tree_.size() + 1;
    // Each subtree that this leaf completes, smallest first: two halves joined at a time.
    Hash256 subtree = leaf;
    std::uint64_t leaves = 1;
    note({end - leaves, end}, subtree);
    for (std::size_t left = tree_.edge().size(); (tree_.size() & leaves) != 0; leaves *= 2) {
        subtree = hash_node(tree_.edge()[--left], subtree);
        note({end - 2 * leaves, end}, subtree);
    }
    tree_.append(leaf);
}

Result<InclusionProof> ProofSet::inclusion(std::uint64_t leaf_index) const {
    CAREHUB_TRY(auto hashes, path(inclusion_plan(leaf_index, size_)));
    return InclusionProof{leaf_index, size_, std::move(hashes)};
}

Result<ConsistencyProof> ProofSet::consistency(std::uint64_t old_size) const {
    CAREHUB_TRY(auto hashes, path(consistency_plan(old_size, size_)));
    return ConsistencyProof{old_size, size_, std::move(hashes)};
}

Result<std::vector<Hash256>> ProofSet::path(const std::vector<LeafRun>& plan) const {
    if (tree_.size() != size_) {
        return fail(ErrorCode::Invalid, "a proof needs every leaf of its tree");
    }
    std::vector<Hash256> hashes;
    for (const LeafRun& run : plan) {
        const auto wanted = runs_.find(run);
        if (wanted != runs_.end() && wanted->second.known) {
            hashes.push_back(wanted->second.hash);
        } else if (wanted != runs_.end() && run.end == size_) {
            hashes.push_back(hash_of_tail(run.begin));
        } else {
            return fail(ErrorCode::Invalid, "this proof was not asked for before the leaves came");
        }
    }
    return hashes;
}

/// The subtrees of the edge from `begin` on, joined as the root is.
Hash256 ProofSet::hash_of_tail(std::uint64_t begin) const {
    std::size_t first = 0;
    while (edge_run(size_, first).begin != begin) {
        ++first;
    }
    Hash256 hash = tree_.edge().back();
    for (std::size_t left = tree_.edge().size() - 1; left > first; --left) {
        hash = hash_node(tree_.edge()[left - 1], hash);
    }
    return hash;
}

}  // namespace carehub::audit
