// Which entries a principal made or was told by, packed, and over a snapshot.
#include "hub/follower/principal_index.hpp"

#include "hub/base/prng.hpp"
#include "tests/support/catch.hpp"

namespace carehub::follower {
namespace {

Entry made(std::uint64_t sequence, std::uint32_t principal, std::uint32_t told = 0) {
    Entry entry;
    entry.sequence = {sequence};
    entry.principal = {principal};
    if (told != 0) {
        Delivery delivery;
        delivery.recipient = {told};
        entry.decisions.deliveries = {delivery, delivery};
    }
    return entry;
}

std::vector<std::uint64_t> all_of(const PackedEntries& entries) {
    std::vector<std::uint64_t> values;
    for (const Sequence sequence : entries.stretch(0, entries.size())) {
        values.push_back(sequence.value);
    }
    return values;
}

}  // namespace

TEST_CASE("a principal's entries are those it made and those that told it something",
          "[follower]") {
    PrincipalIndex index;
    index.apply(made(1, 7));
    index.apply(made(2, 8, 7));
    index.apply(made(3, 0, 7));
    index.apply(made(4, 8));
    index.apply(made(5, 7, 7));
    CHECK(all_of(index.of({7})) == std::vector<std::uint64_t>{1, 2, 3, 5});
    CHECK(all_of(index.of({8})) == std::vector<std::uint64_t>{2, 4});
    CHECK(index.of({9}).size() == 0);
}

TEST_CASE("packed entries give back any stretch of what was added", "[follower]") {
    Prng random(3);
    PackedEntries packed;
    std::vector<std::uint64_t> plain;
    std::uint64_t sequence = 0;
    for (int i = 0; i < 3'000; ++i) {
        sequence += 1 + random.below(i % 10 == 0 ? 1'000'000 : 3);
        packed.add({sequence});
        packed.add({sequence});  // once is enough
        plain.push_back(sequence);
    }
    REQUIRE(packed.size() == plain.size());
    for (int i = 0; i < 200; ++i) {
        const std::size_t begin = random.below(plain.size());
        const std::size_t end = begin + random.below(plain.size() - begin + 1);
        const auto stretch = packed.stretch(begin, end);
        REQUIRE(stretch.size() == end - begin);
        for (std::size_t place = begin; place < end; ++place) {
            REQUIRE(stretch[place - begin].value == plain[place]);
        }
        REQUIRE(packed.at(begin).value == plain[begin]);
    }
}

TEST_CASE("what a snapshot keeps of principals comes back", "[follower]") {
    PrincipalIndex index;
    for (std::uint64_t sequence = 1; sequence <= 250'000; ++sequence) {
        index.apply(made(sequence, 1 + static_cast<std::uint32_t>(sequence % 2 == 0),
                         sequence % 5 == 0 ? 9 : 0));
    }
    PrincipalIndex loaded;
    std::size_t chunks = 0;
    REQUIRE(index.save([&](const snapshot::Chunk& chunk) -> Status {
        ++chunks;
        CHECK(chunk.content.size() <= snapshot::kChunkBytesUsual);
        return loaded.load(chunk.content);
    }));
    CHECK(chunks == 5);  // lists of 125,000 are continued
    for (const std::uint32_t principal : {1U, 2U, 9U}) {
        CHECK(all_of(loaded.of({principal})) == all_of(index.of({principal})));
    }
    Bytes cut;
    REQUIRE(index.save([&](const snapshot::Chunk& chunk) -> Status {
        cut.assign(chunk.content.begin(), chunk.content.end() - 1);
        return {};
    }));
    CHECK_FALSE(PrincipalIndex{}.load(cut));
}

}  // namespace carehub::follower
