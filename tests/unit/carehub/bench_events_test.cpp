// The benchmark's work is what its figures are quoted for: its mix, its size, its order.
#include <map>
#include <set>

#include "hub/codec/submission.hpp"
#include "tests/support/catch.hpp"
#include "tools/carehub/bench/events.hpp"

using namespace carehub;
using namespace carehub::tool::bench;

namespace {

constexpr std::uint64_t kClients = 1'000;
const UtcTime kBase{std::chrono::sys_days{std::chrono::year{2026} / 7 / 9}};

Options small() {
    Options options;
    options.clients = kClients;
    options.events = 10 * kClients;
    return options;
}

Events events_of(const Options& options) {
    auto events = Events::create(options, kBase);
    REQUIRE(events);
    return std::move(*events);
}

std::map<EventKind, std::uint64_t> kinds_from(const Events& events, std::uint64_t first) {
    std::map<EventKind, std::uint64_t> counts;
    for (std::uint64_t index = first; index < first + kClients; ++index) {
        ++counts[events.event(index).kind];
    }
    return counts;
}

}  // namespace

TEST_CASE("any run of as many events as clients holds the documented mix", "[bench]") {
    const Events events = events_of(small());
    const std::uint64_t first = GENERATE(0U, 1U, 2'500U, 9'000U);
    auto counts = kinds_from(events, first);
    CHECK(counts[EventKind::AppointmentBooked] + counts[EventKind::AppointmentRescheduled] ==
          kClients * 7 / 10);
    CHECK(counts[EventKind::AppointmentCompleted] + counts[EventKind::AppointmentNoShow] ==
          kClients * 2 / 10);
    CHECK(counts[EventKind::AppointmentModified] == kClients / 10);
    CHECK(counts[EventKind::AppointmentNoShow] == kClients / 100);
}

TEST_CASE("an event is exactly as large as was asked, whatever it tells", "[bench]") {
    Options options = small();
    options.size_bytes = GENERATE(512U, 640U, 1'024U);
    const Events events = events_of(options);
    CHECK(events.size_bytes() == options.size_bytes);
    for (std::uint64_t index = 0; index < options.events; index += 37) {
        const auto bytes = codec::encode_submission(events.event(index));
        REQUIRE(bytes);
        CHECK(bytes->size() == options.size_bytes);
    }
}

TEST_CASE("a size that no event can have is refused with the sizes that can be", "[bench]") {
    Options options = small();
    options.size_bytes = GENERATE(64U, 40'000U);
    const auto events = Events::create(options, kBase);
    REQUIRE_FALSE(events);
    CHECK(events.error().context.find("--size must be") != std::string::npos);
}

TEST_CASE("events have ids of their own and are known again by their time", "[bench]") {
    const Options options = small();
    const Events events = events_of(options);
    std::set<std::string> ids;
    for (std::uint64_t index = 0; index < options.events; ++index) {
        const Submission event = events.event(index);
        ids.insert(event.source_msg_id);
        CHECK(events.index_of(event.occurred_at) == index);
    }
    CHECK(ids.size() == options.events);
    CHECK_FALSE(events.index_of(kBase - Micros{1}));
    CHECK_FALSE(events.index_of(kBase + Micros{options.events}));
}

TEST_CASE("one client's events all come from one publisher", "[bench]") {
    Options options = small();
    options.publishers = 16;
    const Events events = events_of(options);
    std::map<std::string, std::set<std::uint64_t>> publishers;
    for (std::uint64_t index = 0; index < options.events; ++index) {
        publishers[events.event(index).identifiers.front().value].insert(
            publisher_of(index, options));
    }
    CHECK(publishers.size() == kClients);
    for (const auto& [client, of] : publishers) {
        CHECK(of.size() == 1);
    }
}
