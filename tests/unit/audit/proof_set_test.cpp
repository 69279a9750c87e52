#include "hub/audit/proof_set.hpp"

#include <map>

#include "hub/base/prng.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/audit/naive_tree.hpp"
#include "tests/unit/audit/vectors.hpp"

using namespace carehub;
using namespace carehub::audit;

namespace {

/// The definitions of RFC 9162, 2.1.1, 2.1.3.1 and 2.1.4.1, for ranges of one list of leaves, each
/// root computed once.
class Defined {
public:
    explicit Defined(naive::Leaves leaves) : leaves_(leaves) {}

    Hash256 root(std::size_t begin, std::size_t end) {
        if (end - begin == 1) {
            return leaves_[begin];
        }
        const auto known = roots_.find({begin, end});
        if (known != roots_.end()) {
            return known->second;
        }
        const std::size_t k = begin + naive::split(end - begin);
        const Hash256 hash = hash_node(root(begin, k), root(k, end));
        roots_.emplace(std::pair{begin, end}, hash);
        return hash;
    }

    naive::Path inclusion(std::size_t m, std::size_t begin, std::size_t end) {
        if (end - begin == 1) {
            return {};
        }
        const std::size_t k = begin + naive::split(end - begin);
        naive::Path path = m < k ? inclusion(m, begin, k) : inclusion(m, k, end);
        path.push_back(m < k ? root(k, end) : root(begin, k));
        return path;
    }

    naive::Path subproof(std::size_t m, std::size_t begin, std::size_t end, bool complete) {
        if (m == end) {
            return complete ? naive::Path{} : naive::Path{root(begin, end)};
        }
        const std::size_t k = begin + naive::split(end - begin);
        naive::Path path = m <= k ? subproof(m, begin, k, complete) : subproof(m, k, end, false);
        path.push_back(m <= k ? root(k, end) : root(begin, k));
        return path;
    }

private:
    naive::Leaves leaves_;
    std::map<std::pair<std::size_t, std::size_t>, Hash256> roots_;
};

constexpr std::size_t kLeavesMax = 5'000;
constexpr std::size_t kPairsOfTree = 500;

/// Pairs of sizes, and of leaf and size: `trees` times 500 of each.
void compare_with_definition(std::size_t trees, std::uint64_t seed) {
    const auto leaves = naive::make_leaves(kLeavesMax);
    Defined defined(leaves);
    Prng prng(seed);
    for (std::size_t tree = 0; tree < trees; ++tree) {
        const std::uint64_t size = 1 + prng.below(kLeavesMax);
        std::vector<std::uint64_t> chosen(kPairsOfTree);
        ProofSet proofs(size);
        for (std::uint64_t& index : chosen) {
            index = prng.below(size);
            proofs.want_inclusion(index);
            proofs.want_consistency(index + 1);
        }
        for (std::size_t i = 0; i < size; ++i) {
            proofs.add(leaves[i]);
        }
        const Hash256 root = defined.root(0, size);
        for (const std::uint64_t index : chosen) {
            INFO("leaf " << index << ", size " << index + 1 << ", of " << size);
            const auto inclusion = proofs.inclusion(index);
            REQUIRE(inclusion);
            REQUIRE(inclusion->path == defined.inclusion(index, 0, size));
            REQUIRE(verify_inclusion(*inclusion, leaves[index], root));
            const auto consistency = proofs.consistency(index + 1);
            REQUIRE(consistency);
            REQUIRE(consistency->path == defined.subproof(index + 1, 0, size, true));
            REQUIRE(verify_consistency(*consistency, defined.root(0, index + 1), root));
        }
    }
}

}  // namespace

TEST_CASE("5,000 random pairs have the proofs the definition gives", "[audit]") {
    compare_with_definition(5, 1);
}

TEST_CASE("100,000 random pairs have the proofs the definition gives", "[.slow][audit]") {
    compare_with_definition(100, 2);
}

TEST_CASE("proofs from an earlier tree on need the leaves after it alone", "[audit]") {
    const auto leaves = naive::make_leaves(70);
    MerkleTree earlier;
    for (std::size_t old_size = 0; old_size <= leaves.size(); ++old_size) {
        for (std::size_t size = std::max<std::size_t>(old_size, 1); size <= leaves.size(); ++size) {
            ProofSet proofs(size, earlier);
            proofs.want_consistency(old_size);
            for (std::size_t i = old_size; i < size; ++i) {
                proofs.add(leaves[i]);
            }
            const auto proof = proofs.consistency(old_size);
            REQUIRE(proof);
            REQUIRE(proof->path == naive::consistency(old_size, std::span(leaves).first(size)));
        }
        if (old_size < leaves.size()) {
            earlier.append(leaves[old_size]);
        }
    }
}

TEST_CASE("what was not wanted, or lacks leaves, is no proof", "[audit]") {
    const auto leaves = vectors::leaves();
    ProofSet proofs(8);
    proofs.want_inclusion(5);
    for (std::size_t i = 0; i + 1 < leaves.size(); ++i) {
        proofs.add(leaves[i]);
    }
    CHECK(proofs.inclusion(5).error().code == ErrorCode::Invalid);
    proofs.add(leaves.back());
    proofs.add(leaves.back());  // after the tree: passed over
    const auto proof = proofs.inclusion(5);
    REQUIRE(proof);
    CHECK(verify_inclusion(*proof, leaves[5], vectors::root(8)));
    CHECK(proofs.inclusion(2).error().code == ErrorCode::Invalid);
    CHECK(proofs.consistency(3).error().code == ErrorCode::Invalid);
}
