#include "hub/follower/passages.hpp"

#include "tests/support/catch.hpp"

namespace carehub::follower {
namespace {

constexpr PartnerId kClinic{3};

Entry entry_of(std::uint64_t sequence) {
    Entry entry;
    entry.sequence = {sequence};
    return entry;
}

Entry acknowledgement(std::uint64_t sequence, std::uint64_t number) {
    Entry entry = entry_of(sequence);
    entry.decisions.acknowledged.push_back({kClinic, number, {}});
    return entry;
}

Passages copy_of(const Passages& passages) {
    std::vector<Bytes> chunks;
    REQUIRE(passages.save([&chunks](const snapshot::Chunk& chunk) -> Status {
        CHECK(chunk.kind == snapshot::ChunkKind::Passages);
        chunks.emplace_back(chunk.content.begin(), chunk.content.end());
        return {};
    }));
    Passages copy;
    for (const Bytes& chunk : chunks) {
        REQUIRE(copy.load(chunk));
    }
    return copy;
}

/// The acknowledgement that covers the number lies where the span says.
void check_span(const Passages& passages, std::uint64_t number, std::uint64_t entry) {
    const Passages::Span span = passages.acknowledged_within(kClinic, number);
    INFO(number << " acknowledged by " << entry << ": " << span.after.value << " to "
                << span.until.value);
    const bool is_near = entry > span.after.value && entry <= span.after.value + kEntriesPerMark;
    CHECK(span.until.value >= entry);
    CHECK((is_near || entry == span.until.value));
}

TEST_CASE("an entry that decides about an event again is found by the event", "[follower]") {
    Passages passages;
    Entry later = entry_of(9);
    Delivery retried;
    retried.entry = {4};
    later.decisions.deliveries = {retried, retried};
    DeadLetter letter;
    letter.delivery.entry = {5};
    later.decisions.dead_letters = {letter};
    Entry own = entry_of(10);
    Delivery first;
    first.entry = {10};
    own.decisions.deliveries = {first};
    passages.apply(later);
    passages.apply(own);
    for (const Passages& known : {passages, copy_of(passages)}) {
        REQUIRE(known.later_than({4}).size() == 1);
        CHECK(known.later_than({4}).front().value == 9);
        CHECK(known.later_than({5}).size() == 1);
        CHECK(known.later_than({10}).empty());  // its own entry tells
    }
}

TEST_CASE("every acknowledged number leads to its acknowledgement, however dense or sparse",
          "[follower]") {
    for (const std::uint64_t step : {1U, 7U, 300U, 5'000U}) {
        Passages passages;
        for (std::uint64_t i = 1; i <= 1'000; ++i) {
            passages.apply(acknowledgement(100 + i * step, i * 2));
        }
        for (const Passages& known : {passages, copy_of(passages)}) {
            for (std::uint64_t number = 1; number <= 2'000; ++number) {
                check_span(known, number, 100 + (number + 1) / 2 * step);
            }
            CHECK(known.acknowledged_within(kClinic, 2'001).until.value == 0);
            CHECK(known.acknowledged_within({4}, 1).until.value == 0);
        }
    }
}

TEST_CASE("commands that changed no record are known, others are not", "[follower]") {
    Passages passages;
    Entry moved = entry_of(1);
    moved.input_kind = InputKind::Command;
    moved.decisions.now = UtcTime{Micros{5}};
    Entry changed = entry_of(2);
    changed.input_kind = InputKind::Command;
    changed.decisions.partners.emplace_back();
    Entry event = entry_of(3);
    event.input_kind = InputKind::Submission;
    for (const Entry& entry : {moved, changed, event}) {
        passages.apply(entry);
    }
    for (const Passages& known : {passages, copy_of(passages)}) {
        REQUIRE(known.plain_commands().size() == 1);
        CHECK(known.plain_commands().front().value == 1);
    }
}

TEST_CASE("a chunk of passages that is cut is refused", "[follower]") {
    Passages passages;
    passages.apply(acknowledgement(300, 2));
    Bytes whole;
    REQUIRE(passages.save([&whole](const snapshot::Chunk& chunk) -> Status {
        whole.assign(chunk.content.begin(), chunk.content.end());
        return {};
    }));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        Passages copy;
        CHECK_FALSE(copy.load(ByteView(whole).first(size)));
    }
    Passages copy;
    CHECK(copy.load(whole));
}

}  // namespace
}  // namespace carehub::follower
