#include "hub/snapshot/state_chunks.hpp"

#include "tests/unit/snapshot/samples.hpp"

using namespace carehub;
using namespace carehub::snapshot;

namespace {

/// Through chunks and back.
core::State reloaded(const core::State& state) {
    core::State copy;
    REQUIRE(write_state(
        state, [&](const Chunk& chunk) { return load_state_chunk(chunk, state.last, copy); }));
    return copy;
}

Hash256 digest(const core::State& state) {
    const auto made = digest_of(state);
    REQUIRE(made);
    return *made;
}

}  // namespace

TEST_CASE("live, replayed and snapshot-plus-tail digests agree at every sequence",
          "[snapshot][property]") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        INFO("seed " << seed);
        const test::World world = sample_world(seed);
        core::State replayed;
        core::State restored;
        for (const Entry& entry : world.entries) {
            core::evolve(replayed, entry.sequence, entry.decisions);
            core::evolve(restored, entry.sequence, entry.decisions);
            REQUIRE(digest(restored) == digest(replayed));
            if (entry.sequence.value % 7 == 0) {
                restored = reloaded(replayed);
                REQUIRE(test::same_state(restored, replayed));
            }
        }
        REQUIRE(digest(replayed) == digest(world.machine.state()));
    }
}

TEST_CASE("a digest tells two States apart by one record", "[snapshot][property]") {
    test::World world = sample_world();
    const Hash256 before = digest(world.machine.state());
    world.add_client("one more");
    CHECK(digest(world.machine.state()) != before);
}

TEST_CASE("many records make many chunks of bounded size, and the State is the same",
          "[snapshot]") {
    core::State state;
    Decisions decisions;
    for (std::uint32_t i = 0; i < 30'000; ++i) {
        InboxMark mark;
        std::memcpy(mark.id.value.data(), &i, sizeof i);
        mark.id.value[15] = 1;
        mark.sequence = {i + 1};
        decisions.inbox.push_back(mark);
        Link link;
        link.subject.value = mark.id.value;
        decisions.links.push_back(link);
    }
    core::evolve(state, {1}, decisions);
    std::size_t chunks = 0;
    REQUIRE(write_state(state, [&](const Chunk& chunk) -> Status {
        ++chunks;
        CHECK(chunk.content.size() < 4 * kChunkBytesUsual);
        return {};
    }));
    CHECK(chunks > 5);
    CHECK(test::same_state(reloaded(state), state));
}

TEST_CASE("a chunk that cannot follow is refused instead of stopping the hub", "[snapshot]") {
    const test::World world = sample_world();
    std::vector<std::pair<ChunkKind, Bytes>> chunks;
    REQUIRE(write_state(world.machine.state(), [&](const Chunk& chunk) -> Status {
        chunks.emplace_back(chunk.kind, Bytes(chunk.content.begin(), chunk.content.end()));
        return {};
    }));
    core::State state;
    const Chunk first{chunks.front().first, chunks.front().second};
    REQUIRE(load_state_chunk(first, {5}, state));
    const Status again = load_state_chunk(first, {5}, state);  // its symbols are there already
    REQUIRE_FALSE(again);
    CHECK(again.error().code == ErrorCode::Damaged);
    CHECK_FALSE(load_state_chunk({ChunkKind::Inbox, Bytes(39, 1)}, {5}, state));
    CHECK_FALSE(load_state_chunk({ChunkKind::State, Bytes(39, 1)}, {5}, state));
}
