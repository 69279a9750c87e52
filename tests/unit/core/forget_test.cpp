// What State forgets of ids by time, and that a restored State forgets the same.
#include "hub/core/snapshot.hpp"
#include "tests/support/catch.hpp"

namespace carehub::core {
namespace {

using std::chrono::days;

constexpr UtcTime kBegin{Micros{1'780'000'000'000'000}};
constexpr std::uint64_t kADay = Inbox::kChunkMarks / 2;  ///< so a chunk is of two days

SourceId id_of(std::uint64_t number) {
    SourceId id;
    const std::uint64_t words[2] = {number * 0x9E3779B97F4A7C15U, number};
    std::memcpy(id.value.data(), words, sizeof words);
    return id;
}

void live_a_day(State& state, int day) {
    Decisions decisions;
    decisions.now = kBegin + days(day);
    for (std::uint64_t i = 0; i < kADay; ++i) {
        const std::uint64_t number = static_cast<std::uint64_t>(day) * kADay + i;
        decisions.inbox.push_back({id_of(number), {}, Sequence{state.last.value + 1}});
    }
    evolve(state, Sequence{state.last.value + 1}, decisions);
}

TEST_CASE("ids of the last 90 days are known, older ones leave by the chunk", "[core][inbox]") {
    State state;
    for (int day = 0; day < 200; ++day) {
        live_a_day(state, day);
        for (int back = 0; back <= std::min(day, 90); back += 10) {
            const auto number = static_cast<std::uint64_t>(day - back) * kADay;
            REQUIRE(state.inbox.find(id_of(number)) != nullptr);
        }
    }
    CHECK(state.inbox.find(id_of(0)) == nullptr);
    CHECK(state.inbox.size() <= 94 * kADay);
    CHECK(state.day_ends.size() <= 92);
}

TEST_CASE("a restored State forgets as the live one does", "[core][inbox]") {
    State live;
    for (int day = 0; day < 130; ++day) {
        live_a_day(live, day);
    }
    State restored = restore(live.last, snapshot(live));
    for (int day = 130; day < 230; ++day) {
        live_a_day(live, day);
        live_a_day(restored, day);
        REQUIRE(live.inbox.size() == restored.inbox.size());
    }
    CHECK(snapshot(live) == snapshot(restored));
}

}  // namespace
}  // namespace carehub::core
