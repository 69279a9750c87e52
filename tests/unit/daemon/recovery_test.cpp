#include "hub/daemon/recovery.hpp"

#include "hub/base/mix.hpp"
#include "hub/codec/entry.hpp"
#include "hub/daemon/open_hub.hpp"
#include "hub/journal/memory/memory_journal.hpp"
#include "hub/snapshot/state_chunks.hpp"
#include "tests/unit/daemon/folders.hpp"

namespace carehub::daemon {
namespace {

/// More than wait between the two threads of a replay of both.
constexpr std::uint64_t kMany = 2'000;

ClientId client_of(std::uint64_t number) { return {Mix128().add(number % 7).value()}; }

/// One that changes a client and tells a new word.
Entry entry_of(std::uint64_t sequence) {
    Entry entry;
    entry.sequence = {sequence};
    entry.at = UtcTime{std::chrono::hours{sequence}};
    entry.input_kind = InputKind::Tick;
    entry.decisions.now = entry.at;
    entry.decisions.client = client_of(sequence);
    entry.decisions.symbols = {
        {{static_cast<std::uint32_t>(sequence)}, "word " + std::to_string(sequence)}};
    Client client;
    client.id = client_of(sequence);
    client.wake_at = entry.at + std::chrono::hours{sequence % 5};
    entry.decisions.clients = {client};
    return entry;
}

void append(journal::MemoryJournal& journal, const Bytes& bytes, const Bytes& sealed = {}) {
    const journal::StoredEntry stored{{journal.last().value + 1}, bytes, sealed};
    REQUIRE(journal.append(journal.last(), std::span(&stored, 1)));
}

void fill(journal::MemoryJournal& journal, std::uint64_t last) {
    for (std::uint64_t next = journal.last().value + 1; next <= last; ++next) {
        append(journal, *codec::encode_entry(entry_of(next)));
    }
}

/// Somebody's vault, and both targets of a replay.
struct Replayed {
    Status both(const journal::JournalReader& journal, Sequence last) {
        vault::Unsealer unsealer(*hub->vault);
        return replay_both(journal, last, state, unsealer, follower);
    }

    HubFolder folder;
    std::unique_ptr<OpenHub> hub = *OpenHub::open(folder.data());
    core::State state;
    follower::Follower follower{{}};
};

}  // namespace

TEST_CASE("A replay of both leaves what two replays leave", "[daemon][replay]") {
    journal::MemoryJournal journal;
    fill(journal, kMany);
    Replayed replayed;
    REQUIRE(replayed.both(journal, {100}));
    CHECK(replayed.state.last == Sequence{100});
    REQUIRE(replayed.both(journal, {kMany}));

    core::State state;
    REQUIRE(replay_state(journal, {kMany}, state));
    follower::Follower follower{{}};
    vault::Unsealer unsealer(*replayed.hub->vault);
    REQUIRE(replay_follower(journal, {kMany}, unsealer, follower));
    CHECK(*snapshot::digest_of(replayed.state) == *snapshot::digest_of(state));
    CHECK(*snapshot::digest_of(replayed.follower.state()) == *snapshot::digest_of(state));
    for (std::uint64_t number = 0; number < 7; ++number) {
        CHECK(replayed.follower.entries_of(client_of(number)) ==
              follower.entries_of(client_of(number)));
    }
    CHECK(replayed.state.wakes == state.wakes);
}

TEST_CASE("An entry that does not decode ends a replay of both", "[daemon][replay]") {
    journal::MemoryJournal journal;
    fill(journal, kMany / 2);
    append(journal, Bytes(100, 0x5A));
    Replayed replayed;
    const Status done = replayed.both(journal, journal.last());
    REQUIRE(!done);
    CHECK(done.error().code == ErrorCode::Damaged);
    CHECK(replayed.follower.state().last.value <= kMany / 2);
}

TEST_CASE("A follower that cannot go on ends a replay of both", "[daemon][replay]") {
    // Sealed with a key that the hub's older file does not have.
    const HubFolder newer;
    const auto other = OpenHub::open(newer.data());
    REQUIRE(other);
    Entry link = entry_of(10);
    link.input_kind = InputKind::Command;
    for (std::uint64_t subject = 1; subject <= 50; ++subject) {
        link.subject = {Mix128().add(subject).value()};
        link.input = *(*other)->vault->seal({link.subject.value, 10, 0}, Bytes{1, 2, 3});
    }
    journal::MemoryJournal journal;
    fill(journal, 9);
    append(journal, *codec::encode_entry(link), link.input);
    fill(journal, kMany);
    Replayed replayed;
    const Status done = replayed.both(journal, journal.last());
    REQUIRE(!done);
    CHECK(done.error().code == ErrorCode::BehindLedger);
    CHECK(replayed.follower.state().last == Sequence{9});
}

}  // namespace carehub::daemon
