#include "hub/audit/proof.hpp"

#include "hub/audit/proof_builder.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/audit/naive_tree.hpp"
#include "tests/unit/audit/vectors.hpp"

using namespace carehub;
using namespace carehub::audit;

namespace {

using Path = std::vector<Hash256>;

Path build(ProofBuilder builder, std::span<const Hash256> leaves) {
    for (const Hash256& leaf : leaves) {
        builder.add(leaf);
    }
    auto path = builder.finish();
    REQUIRE(path);
    return *path;
}

/// The first four bytes of each hash, as the published paths are printed.
std::string heads(const Path& path) {
    std::string text;
    for (const Hash256& hash : path) {
        text += (text.empty() ? "" : " ") + to_hex(ByteView(hash).first(4));
    }
    return text;
}

}  // namespace

TEST_CASE("the published inclusion and consistency paths come out", "[audit]") {
    const auto leaves = vectors::leaves();
    CHECK(heads(build(ProofBuilder::inclusion(0, 8), leaves)) == "96a296d2 5f083f0a 6b47aaf2");
    CHECK(heads(build(ProofBuilder::inclusion(5, 8), leaves)) == "bc1a0643 ca854ea1 d37ee418");
    CHECK(heads(build(ProofBuilder::inclusion(2, 3), leaves)) == "fac54203");
    CHECK(heads(build(ProofBuilder::consistency(6, 8), leaves)) == "0ebc5d34 ca854ea1 d37ee418");
    CHECK(heads(build(ProofBuilder::consistency(2, 5), leaves)) == "5f083f0a bc1a0643");
    CHECK(heads(build(ProofBuilder::consistency(4, 8), leaves)) == "6b47aaf2");
}

TEST_CASE("inclusion paths are the defined ones and verify for every leaf of every size",
          "[audit]") {
    const auto all = naive::make_leaves(70);
    for (std::size_t size = 1; size <= all.size(); ++size) {
        const auto leaves = std::span(all).first(size);
        const Hash256 root = naive::root(leaves);
        for (std::size_t index = 0; index < size; ++index) {
            INFO("leaf " << index << " of " << size);
            const InclusionProof proof{index, size,
                                       build(ProofBuilder::inclusion(index, size), leaves)};
            REQUIRE(proof.path == naive::inclusion(index, leaves));
            REQUIRE(verify_inclusion(proof, leaves[index], root));
            REQUIRE_FALSE(verify_inclusion(proof, all[(index + 1) % all.size()], root));
        }
    }
}

TEST_CASE("consistency paths are the defined ones and verify for every pair of sizes", "[audit]") {
    const auto all = naive::make_leaves(70);
    for (std::size_t new_size = 0; new_size <= all.size(); ++new_size) {
        const auto leaves = std::span(all).first(new_size);
        const Hash256 new_root = naive::root(leaves);
        for (std::size_t old_size = 0; old_size <= new_size; ++old_size) {
            INFO(old_size << " to " << new_size);
            const ConsistencyProof proof{
                old_size, new_size, build(ProofBuilder::consistency(old_size, new_size), leaves)};
            REQUIRE(proof.path == naive::consistency(old_size, leaves));
            const Hash256 old_root = naive::root(leaves.first(old_size));
            REQUIRE(verify_consistency(proof, old_root, new_root));
            REQUIRE_FALSE(verify_consistency(proof, Hash256{}, new_root));
            // Every tree begins with the empty one, whatever its root.
            REQUIRE(verify_consistency(proof, old_root, Hash256{}) ==
                    (old_size == 0 && new_size != 0));
        }
    }
}

TEST_CASE("a proof with any hash changed, missing or added is refused", "[audit]") {
    const auto leaves = vectors::leaves();
    const Path inclusion = build(ProofBuilder::inclusion(5, 7), leaves);
    const Path consistency = build(ProofBuilder::consistency(3, 7), leaves);
    const auto accepted = [&](const Path& path) {
        return verify_inclusion({5, 7, path}, leaves[5], vectors::root(7)) ||
               verify_consistency({3, 7, path}, vectors::root(3), vectors::root(7));
    };
    for (const Path& good : {inclusion, consistency}) {
        REQUIRE(accepted(good));
        for (std::size_t i = 0; i < good.size(); ++i) {
            Path changed = good;
            changed[i][31] ^= 1U;
            CHECK_FALSE(accepted(changed));
            Path missing = good;
            missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(i));
            CHECK_FALSE(accepted(missing));
            Path added = good;
            added.insert(added.begin() + static_cast<std::ptrdiff_t>(i), leaves[0]);
            CHECK_FALSE(accepted(added));
        }
    }
}

TEST_CASE("a proof about another leaf or another size is refused", "[audit]") {
    const auto leaves = vectors::leaves();
    const Path path = build(ProofBuilder::inclusion(5, 8), leaves);
    CHECK(verify_inclusion({5, 8, path}, leaves[5], vectors::root(8)));
    CHECK_FALSE(verify_inclusion({4, 8, path}, leaves[5], vectors::root(8)));
    CHECK_FALSE(verify_inclusion({5, 4, path}, leaves[5], vectors::root(8)));
    CHECK_FALSE(verify_inclusion({8, 8, path}, leaves[5], vectors::root(8)));
    const Path growth = build(ProofBuilder::consistency(6, 8), leaves);
    CHECK(verify_consistency({6, 8, growth}, vectors::root(6), vectors::root(8)));
    CHECK_FALSE(verify_consistency({8, 6, growth}, vectors::root(8), vectors::root(6)));
    CHECK_FALSE(verify_consistency({6, 7, growth}, vectors::root(6), vectors::root(7)));
    CHECK_FALSE(verify_consistency({6, 8, {}}, vectors::root(6), vectors::root(8)));
}

TEST_CASE("a proof is not made from too few leaves", "[audit]") {
    const auto leaves = vectors::leaves();
    ProofBuilder builder = ProofBuilder::inclusion(0, 8);
    for (std::size_t i = 0; i + 1 < leaves.size(); ++i) {
        builder.add(leaves[i]);
    }
    CHECK(builder.finish().error().code == ErrorCode::Invalid);
    builder.add(leaves.back());
    CHECK(builder.finish());
}
