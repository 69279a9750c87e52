#include "hub/audit/proof_plan.hpp"

#include <algorithm>
#include <bit>

#include "hub/base/check.hpp"

namespace carehub::audit {
namespace {

/// Leaves under the left child of a tree of `size` > 1: the largest power of two below it.
std::uint64_t left_size(std::uint64_t size) { return std::bit_floor(size - 1); }

/// Splits `tree`, keeps the side that holds `leaf`, and plans the other one.
void descend(LeafRun& tree, std::uint64_t leaf, std::vector<LeafRun>& plan) {
    const std::uint64_t middle = tree.begin + left_size(tree.end - tree.begin);
    if (leaf < middle) {
        plan.push_back({middle, tree.end});
        tree.end = middle;
    } else {
        plan.push_back({tree.begin, middle});
        tree.begin = middle;
    }
}

}  // namespace

std::vector<LeafRun> inclusion_plan(std::uint64_t leaf_index, std::uint64_t tree_size) {
    CAREHUB_CHECK(leaf_index < tree_size, "an inclusion proof needs a leaf of the tree");
    std::vector<LeafRun> plan;
    LeafRun tree{0, tree_size};
    while (tree.end - tree.begin > 1) {
        descend(tree, leaf_index, plan);
    }
    std::ranges::reverse(plan);
    return plan;
}

std::vector<LeafRun> consistency_plan(std::uint64_t old_size, std::uint64_t new_size) {
    CAREHUB_CHECK(old_size <= new_size, "a consistency proof goes from the smaller tree");
    std::vector<LeafRun> plan;
    if (old_size == 0) {
        return plan;
    }
    LeafRun tree{0, new_size};
    while (tree.end != old_size) {
        descend(tree, old_size - 1, plan);
    }
    // What remains is a subtree of both; when it is all of the old tree, the verifier has its hash.
    if (tree.begin != 0) {
        plan.push_back(tree);
    }
    std::ranges::reverse(plan);
    return plan;
}

LeafRun edge_run(std::uint64_t size, std::size_t index) {
    LeafRun run;
    for (std::size_t i = 0; i <= index; ++i) {
        run.begin = run.end;
        run.end += std::bit_floor(size - run.end);
    }
    return run;
}

}  // namespace carehub::audit
