// The definitions of RFC 9162, 2.1, written down as they stand there: slow, obvious, and a judge.
#pragma once

#include <bit>
#include <span>
#include <vector>

#include "hub/audit/hash.hpp"

namespace carehub::audit::naive {

using Leaves = std::span<const Hash256>;
using Path = std::vector<Hash256>;

inline std::size_t split(std::size_t size) { return std::bit_floor(size - 1); }

inline Hash256 root(Leaves leaves) {
    if (leaves.empty()) {
        return empty_root();
    }
    if (leaves.size() == 1) {
        return leaves.front();
    }
    const std::size_t k = split(leaves.size());
    return hash_node(root(leaves.first(k)), root(leaves.subspan(k)));
}

inline Path inclusion(std::size_t m, Leaves leaves) {
    if (leaves.size() == 1) {
        return {};
    }
    const std::size_t k = split(leaves.size());
    const bool left = m < k;
    Path path = left ? inclusion(m, leaves.first(k)) : inclusion(m - k, leaves.subspan(k));
    path.push_back(root(left ? leaves.subspan(k) : leaves.first(k)));
    return path;
}

inline Path subproof(std::size_t m, Leaves leaves, bool complete) {
    if (m == leaves.size()) {
        return complete ? Path{} : Path{root(leaves)};
    }
    const std::size_t k = split(leaves.size());
    Path path =
        m <= k ? subproof(m, leaves.first(k), complete) : subproof(m - k, leaves.subspan(k), false);
    path.push_back(root(m <= k ? leaves.subspan(k) : leaves.first(k)));
    return path;
}

inline Path consistency(std::size_t m, Leaves leaves) {
    return m == 0 ? Path{} : subproof(m, leaves, true);
}

/// Hashes of `count` different leaves.
inline std::vector<Hash256> make_leaves(std::size_t count) {
    std::vector<Hash256> leaves;
    for (std::size_t i = 0; i < count; ++i) {
        const std::array<std::uint8_t, 2> stored{static_cast<std::uint8_t>(i),
                                                 static_cast<std::uint8_t>(i >> 8U)};
        leaves.push_back(hash_leaf(stored));
    }
    return leaves;
}

}  // namespace carehub::audit::naive
