#include "hub/audit/proof_builder.hpp"

#include <algorithm>

namespace carehub::audit {

ProofBuilder ProofBuilder::inclusion(std::uint64_t leaf_index, std::uint64_t tree_size) {
    return ProofBuilder(inclusion_plan(leaf_index, tree_size));
}

ProofBuilder ProofBuilder::consistency(std::uint64_t old_size, std::uint64_t new_size) {
    return ProofBuilder(consistency_plan(old_size, new_size));
}

ProofBuilder::ProofBuilder(const std::vector<LeafRun>& plan) {
    for (const LeafRun& run : plan) {
        runs_.push_back({run.begin, run.end, runs_.size(), {}});
    }
    std::ranges::sort(runs_, {}, &Run::begin);
}

void ProofBuilder::add(const Hash256& leaf) {
    const std::uint64_t index = next_leaf_++;
    if (current_ < runs_.size() && index == runs_[current_].end) {
        ++current_;
    }
    if (current_ < runs_.size() && index >= runs_[current_].begin) {
        runs_[current_].tree.append(leaf);
    }
}

Result<std::vector<Hash256>> ProofBuilder::finish() const {
    std::vector<Hash256> path(runs_.size());
    for (const Run& run : runs_) {
        if (run.tree.size() != run.end - run.begin) {
            return fail(ErrorCode::Invalid, "a proof needs every leaf of its tree");
        }
        path[run.place] = run.tree.root();
    }
    return path;
}

}  // namespace carehub::audit
