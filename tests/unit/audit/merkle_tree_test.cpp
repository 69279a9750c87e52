#include "hub/audit/merkle_tree.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/audit/naive_tree.hpp"
#include "tests/unit/audit/vectors.hpp"

using namespace carehub;
using namespace carehub::audit;

TEST_CASE("the published roots come out", "[audit]") {
    MerkleTree tree;
    CHECK(to_hex(tree.root()) == vectors::kRoots[0]);
    for (std::size_t i = 0; i < vectors::kInputs.size(); ++i) {
        tree.append(hash_leaf(vectors::input(i)));
        CHECK(to_hex(tree.root()) == vectors::kRoots[i + 1]);
    }
}

TEST_CASE("a growing tree has the root the definition gives, at every size", "[audit]") {
    const auto leaves = naive::make_leaves(300);
    MerkleTree tree;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        INFO(size);
        REQUIRE(tree.root() == naive::root(std::span(leaves).first(size)));
        if (size < leaves.size()) {
            tree.append(leaves[size]);
        }
    }
}

TEST_CASE("a tree restored from its right edge goes on as the first one", "[audit]") {
    const auto leaves = naive::make_leaves(200);
    MerkleTree tree;
    for (const Hash256& leaf : leaves) {
        auto restored = MerkleTree::restore(tree.size(), {tree.edge().begin(), tree.edge().end()});
        REQUIRE(restored);
        tree.append(leaf);
        restored->append(leaf);
        REQUIRE(*restored == tree);
        REQUIRE(restored->root() == tree.root());
    }
}

TEST_CASE("a right edge that does not fit the size is refused", "[audit]") {
    CHECK(MerkleTree::restore(6, {Hash256{}, Hash256{}}));
    CHECK(MerkleTree::restore(6, {Hash256{}}).error().code == ErrorCode::Invalid);
    CHECK(MerkleTree::restore(0, {Hash256{}}).error().code == ErrorCode::Invalid);
}

TEST_CASE("bytes in pieces hash as bytes in one", "[audit]") {
    Sha256 hasher;
    hasher.update(as_bytes("ab"));
    hasher.update(as_bytes("c"));
    const Hash256 abc = hasher.finish();
    CHECK(to_hex(abc) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(abc == sha256(as_bytes("abc")));
    CHECK(hasher.finish() == empty_root());
}

TEST_CASE("a node never passes for a leaf over the same bytes", "[audit]") {
    const auto leaves = naive::make_leaves(2);
    Bytes joined(leaves[0].begin(), leaves[0].end());
    joined.insert(joined.end(), leaves[1].begin(), leaves[1].end());
    CHECK(hash_leaf(joined) != hash_node(leaves[0], leaves[1]));
}
