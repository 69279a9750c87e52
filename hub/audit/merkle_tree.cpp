#include "hub/audit/merkle_tree.hpp"

#include <bit>

#include "hub/audit/hash.hpp"

namespace carehub::audit {

Result<MerkleTree> MerkleTree::restore(std::uint64_t size, std::vector<Hash256> edge) {
    if (edge.size() != static_cast<std::size_t>(std::popcount(size))) {
        return fail(ErrorCode::Invalid, "the right edge of a tree does not fit its size");
    }
    MerkleTree tree;
    tree.size_ = size;
    tree.edge_ = std::move(edge);
    return tree;
}

void MerkleTree::append(const Hash256& leaf) {
    Hash256 subtree = leaf;
    // Each trailing one of the size is a perfect subtree as large as the one just completed.
    for (int left = std::countr_one(size_); left > 0; --left) {
        subtree = hash_node(edge_.back(), subtree);
        edge_.pop_back();
    }
    edge_.push_back(subtree);
    ++size_;
}

Hash256 MerkleTree::root() const {
    if (edge_.empty()) {
        return empty_root();
    }
    Hash256 root = edge_.back();
    for (std::size_t left = edge_.size() - 1; left > 0; --left) {
        root = hash_node(edge_[left - 1], root);
    }
    return root;
}

}  // namespace carehub::audit
