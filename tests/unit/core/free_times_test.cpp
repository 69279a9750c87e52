#include "hub/core/free_times.hpp"

#include "hub/core/limits.hpp"
#include "hub/core/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

UtcTime start() { return *parse_iso_time("2026-07-06T12:00:00Z"); }

Receipt offer(World& world, int number, UtcTime from,
              EventKind kind = EventKind::ScheduleUnblocked) {
    Submission claim;
    claim.kind = kind;
    claim.business_key = "slot-" + std::to_string(number);
    ResourceClaim told;
    told.schedule_id = "room-" + std::to_string(number);
    told.from = from;
    told.to = from + std::chrono::minutes{30};
    claim.payload = told;
    return world.submit("clinic", "", claim);
}

std::vector<UtcTime> offered(const World& world) {
    std::vector<UtcTime> times;
    for (const auto& [key, free] : world.machine.state().free_times) {
        times.push_back(free.from);
    }
    std::ranges::sort(times);
    return times;
}

}  // namespace

TEST_CASE("of too many free times the soonest are kept", "[core][free]") {
    World world(start());
    const auto at = [](std::size_t hour) {
        return start() + std::chrono::hours{static_cast<int>(hour)};
    };
    for (std::size_t n = 1; n <= core::kFreeTimesPerPartnerMax; ++n) {
        REQUIRE(offer(world, static_cast<int>(n), at(n + 1)).status == ReceiptStatus::Accepted);
    }
    REQUIRE(offered(world).size() == core::kFreeTimesPerPartnerMax);
    // One later than all of them is not kept; one before them takes the place of the last.
    CHECK(offer(world, 2'000, at(2'000)).status == ReceiptStatus::Accepted);
    CHECK(offered(world).back() == at(core::kFreeTimesPerPartnerMax + 1));
    CHECK(offer(world, 2'001, at(1)).status == ReceiptStatus::Accepted);
    CHECK(offered(world).size() == core::kFreeTimesPerPartnerMax);
    CHECK(offered(world).front() == at(1));
    CHECK(offered(world).back() == at(core::kFreeTimesPerPartnerMax));
    // What has begun makes room, as soon as something is told.
    world.advance(at(10));
    CHECK(offer(world, 2'002, at(3'000)).status == ReceiptStatus::Accepted);
    CHECK(offered(world).front() == at(11));
    CHECK(offered(world).back() == at(3'000));
}

TEST_CASE("a time that is closed, ended before it began or past is none", "[core][free]") {
    World world(start());
    const UtcTime at = world.now + std::chrono::hours{2};
    REQUIRE(offer(world, 1, at).status == ReceiptStatus::Accepted);
    CHECK(offer(world, 1, at, EventKind::ScheduleBlocked).status == ReceiptStatus::Accepted);
    CHECK(offered(world).empty());
    CHECK(offer(world, 2, world.now).status == ReceiptStatus::Accepted);
    CHECK(offered(world).empty());
    // Another schedule of the same hour is closed by nobody.
    REQUIRE(offer(world, 3, at).status == ReceiptStatus::Accepted);
    CHECK(offer(world, 4, at, EventKind::ScheduleBlocked).status == ReceiptStatus::Accepted);
    CHECK(offered(world) == std::vector{at});
}

TEST_CASE("free times stand in a snapshot, and are evolved from decisions alone", "[core][free]") {
    World world(start());
    for (int n = 1; n <= 3; ++n) {
        REQUIRE(offer(world, n, world.now + std::chrono::hours{n}).status ==
                ReceiptStatus::Accepted);
    }
    REQUIRE(offer(world, 2, world.now + std::chrono::hours{2}, EventKind::ScheduleBlocked).status ==
            ReceiptStatus::Accepted);
    core::State replayed;
    for (const Entry& entry : world.entries) {
        core::evolve(replayed, entry.sequence, entry.decisions);
    }
    CHECK(same_state(world.machine.state(), replayed));
    const core::State& live = world.machine.state();
    const core::State loaded = core::restore(live.last, core::snapshot(live));
    CHECK(loaded.free_times == world.machine.state().free_times);
    CHECK(loaded.free_times.size() == 2);
}
