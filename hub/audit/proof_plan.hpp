// Which runs of leaves the hashes of a proof stand for (RFC 9162, 2.1.3.1 and 2.1.4.1).
//
// Contract: from leaf to root, as the path of the proof. inclusion_plan() needs leaf_index <
// tree_size, consistency_plan() old_size <= new_size. Each run is a perfect subtree, or it ends where
// the tree ends.
// Threads: pure functions.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace carehub::audit {

/// Leaves [begin, end), counted from 0.
struct LeafRun {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    friend auto operator<=>(const LeafRun&, const LeafRun&) = default;
};

[[nodiscard]] std::vector<LeafRun> inclusion_plan(std::uint64_t leaf_index,
                                                  std::uint64_t tree_size);
[[nodiscard]] std::vector<LeafRun> consistency_plan(std::uint64_t old_size, std::uint64_t new_size);

/// What the hash at place `index` of the right edge of a tree of `size` leaves stands for.
[[nodiscard]] LeafRun edge_run(std::uint64_t size, std::size_t index);

}  // namespace carehub::audit
