#include "hub/audit/verifier.hpp"

#include "hub/audit/hash.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/audit/vectors.hpp"

using namespace carehub;
using namespace carehub::audit;

namespace {

Status add(Verifier& verifier, std::uint64_t sequence) {
    const Bytes stored = vectors::input(sequence - 1);
    return verifier.add(sequence, stored, hash_leaf(stored));
}

/// A verifier that has taken entries 1 to `last`.
Verifier walked(std::uint64_t last, std::vector<TreeHead> witnesses = {}) {
    Verifier verifier(std::move(witnesses));
    for (std::uint64_t sequence = 1; sequence <= last; ++sequence) {
        REQUIRE(add(verifier, sequence));
    }
    return verifier;
}

}  // namespace

TEST_CASE("a true journal verifies against its roots and its witnesses", "[audit]") {
    Verifier verifier = walked(5, {{8, vectors::root(8)}, {3, vectors::root(3)}});
    REQUIRE(verifier.expect_root(vectors::root(5)));
    REQUIRE(add(verifier, 6));
    REQUIRE(add(verifier, 7));
    REQUIRE(add(verifier, 8));
    const auto head = verifier.finish();
    REQUIRE(head);
    CHECK(*head == TreeHead{8, vectors::root(8)});
}

TEST_CASE("a changed entry is named", "[audit]") {
    Verifier verifier = walked(3);
    const auto status = verifier.add(4, as_bytes("other"), hash_leaf(vectors::input(3)));
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::Damaged);
    CHECK(status.error().context.find("entry 4 is not what was written") == 0);
}

TEST_CASE("a missing entry and a repeated entry are named", "[audit]") {
    Verifier gap = walked(3);
    CHECK(add(gap, 5).error().context.find("entry 4 is missing") == 0);
    Verifier again = walked(3);
    CHECK(add(again, 3).error().context.find("entry 3 stands again") == 0);
}

TEST_CASE("an entry rewritten with its hash disagrees with the recorded root", "[audit]") {
    const auto told = [](std::vector<TreeHead> witnesses, bool with_edge) {
        Verifier verifier = walked(6, std::move(witnesses));
        REQUIRE(verifier.add(7, as_bytes("other"), hash_leaf(as_bytes("other"))));
        MerkleTree recorded;
        for (const Hash256& leaf : vectors::leaves()) {
            if (recorded.size() < 7) {
                recorded.append(leaf);
            }
        }
        const auto status = verifier.expect_root(
            vectors::root(7), with_edge ? recorded.edge() : std::span<const Hash256>{});
        REQUIRE_FALSE(status);
        return status.error().context;
    };
    // Of the tree's edge, entries 1 to 4, 5 and 6, and 7, the last differs alone.
    CHECK(told({}, true).find("entries 7 to 7 disagree") == 0);
    CHECK(told({}, false).find("entries 1 to 7 disagree") == 0);
    CHECK(told({{3, vectors::root(3)}}, false).find("entries 4 to 7 disagree") == 0);
}

TEST_CASE("a run that disagrees never begins after an entry that was rewritten with its root",
          "[audit]") {
    Verifier verifier({});
    MerkleTree rewritten;
    for (std::uint64_t sequence = 1; sequence <= 5; ++sequence) {
        const Bytes stored = sequence == 4 ? Bytes{7} : vectors::input(sequence - 1);
        rewritten.append(hash_leaf(stored));
        REQUIRE(verifier.add(sequence, stored, hash_leaf(stored)));
    }
    REQUIRE(verifier.expect_root(rewritten.root(), rewritten.edge()));
    REQUIRE(add(verifier, 6));
    const auto status = verifier.expect_root(vectors::root(6));
    REQUIRE_FALSE(status);
    CHECK(status.error().context.find("entries 1 to 6 disagree") == 0);
}

TEST_CASE("a journal rewritten to its end disagrees with a witness", "[audit]") {
    Verifier verifier({{3, vectors::root(3)}, {5, vectors::root(5)}});
    for (std::uint64_t sequence = 1; sequence <= 3; ++sequence) {
        REQUIRE(add(verifier, sequence));
    }
    REQUIRE(verifier.add(4, as_bytes("other"), hash_leaf(as_bytes("other"))));
    REQUIRE(add(verifier, 5));
    Verifier ending = verifier;
    CHECK(ending.finish().error().context == "entries 4 to 5 disagree with a witness");
    CHECK(add(verifier, 6).error().context == "entries 4 to 5 disagree with a witness");
}

TEST_CASE("a cut tail is found by a witness that saw more", "[audit]") {
    const auto head = walked(6, {{8, vectors::root(8)}}).finish();
    REQUIRE_FALSE(head);
    CHECK(head.error().context.find("entry 7 is missing: the journal ends at 6") == 0);
}

TEST_CASE("an empty journal agrees only with a witness of an empty journal", "[audit]") {
    CHECK(Verifier({}).finish());
    CHECK(Verifier({{0, empty_root()}}).finish());
    CHECK_FALSE(Verifier({{0, Hash256{}}}).finish());
    CHECK_FALSE(Verifier({{1, vectors::root(1)}}).finish());
    Verifier wrong({{0, Hash256{}}});
    CHECK_FALSE(add(wrong, 1));
}
