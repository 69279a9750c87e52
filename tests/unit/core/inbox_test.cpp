#include "hub/core/inbox.hpp"

#include <unordered_map>

#include "hub/base/prng.hpp"
#include "tests/support/catch.hpp"

namespace carehub::core {
namespace {

SourceId id_of(std::uint64_t number) {
    SourceId id;
    std::uint64_t words[2] = {number * 0x9E3779B97F4A7C15U, number};
    std::memcpy(id.value.data(), words, sizeof words);
    return id;
}

InboxMark mark(std::uint64_t number) {
    return {id_of(number), id_of(number + 1).value, Sequence{number}};
}

TEST_CASE("an id that was put is found with its sequence and body", "[core][inbox]") {
    Inbox inbox;
    for (std::uint64_t i = 1; i <= 100'000; ++i) {
        inbox.put(mark(i));
    }
    CHECK(inbox.size() == 100'000);
    for (std::uint64_t i = 1; i <= 100'000; ++i) {
        const Inbox::Mark* found = inbox.find(id_of(i));
        REQUIRE(found != nullptr);
        REQUIRE(found->sequence.value == i);
        REQUIRE(Inbox::same_body(*found, id_of(i + 1).value));
        REQUIRE_FALSE(Inbox::same_body(*found, id_of(i).value));
    }
    CHECK(inbox.find(id_of(100'001)) == nullptr);
    CHECK(inbox.find(id_of(0)) == nullptr);
}

TEST_CASE("what is forgotten is gone, and the rest is still found", "[core][inbox]") {
    Inbox inbox;
    const std::uint64_t count = 5 * Inbox::kChunkMarks + 7;
    for (std::uint64_t i = 0; i < count; ++i) {
        inbox.put(mark(i + 1));
    }
    inbox.forget_through(Sequence{3 * Inbox::kChunkMarks - 1});  // the third chunk has one more
    CHECK(inbox.size() == count - 2 * Inbox::kChunkMarks);
    for (std::uint64_t i = 0; i < count; ++i) {
        const bool kept = i >= 2 * Inbox::kChunkMarks;
        REQUIRE((inbox.find(id_of(i + 1)) != nullptr) == kept);
    }
    inbox.forget_through(Sequence{count});
    CHECK(inbox.size() == 7);  // the chunk that is being filled stays
}

TEST_CASE("an inbox agrees with a plain map over random putting and forgetting", "[core][inbox]") {
    Prng prng(7);
    Inbox inbox;
    std::unordered_map<std::uint64_t, int> model;
    std::uint64_t next = 1;
    std::vector<std::pair<std::uint64_t, int>> chunks;  // first number, newest day
    std::vector<std::uint64_t> next_by_day;             // last number before that day
    for (int day = 0; day < 60; ++day) {
        next_by_day.push_back(next - 1);
        const auto added = prng.between(1, 3'000);
        for (std::int64_t i = 0; i < added; ++i) {
            if ((next - 1) % Inbox::kChunkMarks == 0) {
                chunks.emplace_back(next, day);
            }
            chunks.back().second = day;
            model.emplace(next, day);
            inbox.put(mark(next++));
        }
        const int oldest = day - 20;
        inbox.forget_through(Sequence{next_by_day[static_cast<std::size_t>(std::max(oldest, 0))]});
        while (chunks.size() > 1 && chunks.front().second < oldest) {
            for (std::uint64_t n = chunks.front().first; n < chunks[1].first; ++n) {
                model.erase(n);
            }
            chunks.erase(chunks.begin());
        }
        REQUIRE(inbox.size() == model.size());
        for (std::uint64_t n = 1; n < next; ++n) {
            REQUIRE((inbox.find(id_of(n)) != nullptr) == model.contains(n));
        }
    }
}

TEST_CASE("the runs of an inbox are its marks in order of arrival", "[core][inbox]") {
    Inbox inbox;
    for (std::uint64_t i = 1; i <= Inbox::kChunkMarks + 3; ++i) {
        inbox.put(mark(i));
    }
    REQUIRE(inbox.runs() == 2);
    CHECK(inbox.run(0).size() == Inbox::kChunkMarks);
    CHECK(inbox.run(1).back().sequence.value == Inbox::kChunkMarks + 3);
    const InboxMark model = Inbox::to_model(inbox.run(1).front());
    CHECK(model.id == id_of(Inbox::kChunkMarks + 1));
    CHECK(model.sequence.value == Inbox::kChunkMarks + 1);
}

TEST_CASE("ten million ids take less than 400 MiB", "[core][inbox][.slow]") {
    Inbox inbox;
    for (std::uint64_t i = 1; i <= 10'000'000; ++i) {
        inbox.put(mark(i));
    }
    CHECK(inbox.memory_bytes() < std::size_t{400} << 20U);
}

}  // namespace
}  // namespace carehub::core
