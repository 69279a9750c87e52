#include "hub/audit/proof_builder.hpp"

#include <algorithm>
#include <bit>

#include "hub/base/check.hpp"

namespace carehub::audit {
namespace {

/// Leaves under the left child of a tree of `size` > 1: the largest power of two below it.
std::uint64_t left_size(std::uint64_t size) { return std::bit_floor(size - 1); }

}  // namespace

ProofBuilder ProofBuilder::inclusion(std::uint64_t leaf_index, std::uint64_t tree_size) {
    CAREHUB_CHECK(leaf_index < tree_size, "an inclusion proof needs a leaf of the tree");
    std::vector<Run> runs;
    std::uint64_t begin = 0;
    std::uint64_t end = tree_size;
    while (end - begin > 1) {
        const std::uint64_t middle = begin + left_size(end - begin);
        if (leaf_index < middle) {
            runs.push_back({middle, end, 0, {}});
            end = middle;
        } else {
            runs.push_back({begin, middle, 0, {}});
            begin = middle;
        }
    }
    return ProofBuilder(std::move(runs));
}

ProofBuilder ProofBuilder::consistency(std::uint64_t old_size, std::uint64_t new_size) {
    CAREHUB_CHECK(old_size <= new_size, "a consistency proof goes from the smaller tree");
    std::vector<Run> runs;
    if (old_size == 0) {
        return ProofBuilder(std::move(runs));
    }
    std::uint64_t begin = 0;
    std::uint64_t end = new_size;
    while (end != old_size) {
        const std::uint64_t middle = begin + left_size(end - begin);
        if (old_size <= middle) {
            runs.push_back({middle, end, 0, {}});
            end = middle;
        } else {
            runs.push_back({begin, middle, 0, {}});
            begin = middle;
        }
    }
    // What remains is a subtree of both; when it is all of the old tree, the verifier has its hash.
    if (begin != 0) {
        runs.push_back({begin, end, 0, {}});
    }
    return ProofBuilder(std::move(runs));
}

ProofBuilder::ProofBuilder(std::vector<Run> runs_from_root) : runs_(std::move(runs_from_root)) {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        runs_[i].place = runs_.size() - 1 - i;
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
