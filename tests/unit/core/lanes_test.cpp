// A refused delivery is tried again, its client's others wait behind it, nobody else's do.
#include "tests/unit/core/outbox_county.hpp"

using namespace carehub;
using namespace carehub::test;
using std::chrono::seconds;

namespace {

/// Refuses attempt after attempt until `attempts` were refused; number of the last one.
std::uint64_t refuse_times(OutboxCounty& county, std::uint64_t number, int attempts) {
    for (int i = 1; i <= attempts; ++i) {
        county.refuse(number);
        if (i < attempts) {
            county.wait(core::kRetryAfter[i - 1]);
            number = county.outbox().last_number;
        }
    }
    return number;
}

}  // namespace

TEST_CASE("a refused delivery comes again under a new number after a pause that grows",
          "[core][lanes]") {
    OutboxCounty county;
    const std::uint64_t first = county.tell();
    std::uint64_t number = first;
    for (std::uint8_t attempt = 2; attempt <= core::kAttemptsMax; ++attempt) {
        county.refuse(number);
        const seconds pause = core::kRetryAfter[attempt - 2];
        county.wait(pause - Micros{1});
        CHECK(county.outbox().last_number == number);
        county.wait(Micros{1});
        REQUIRE(county.outbox().last_number == number + 1);
        number = county.outbox().last_number;
        CHECK(county.delivery(number).attempt == attempt);
        CHECK(county.delivery(number).first_number == first);
        CHECK(county.delivery(number).entry == county.delivery(first).entry);
    }
}

TEST_CASE("refused five times it is a dead letter with the reason and where the words stand",
          "[core][lanes]") {
    OutboxCounty county;
    const std::uint64_t last = refuse_times(county, county.tell(), core::kAttemptsMax);
    const auto& letters = county.outbox().dead_letters;
    REQUIRE(letters.size() == 1);
    REQUIRE(letters.contains(last));
    CHECK(letters.at(last).stage == DeadLetterStage::Recipient);
    CHECK(letters.at(last).reason == RefusalReason::InvalidField);
    CHECK(letters.at(last).attempts == core::kAttemptsMax);
    CHECK(letters.at(last).told_by == county.world.entries.back().sequence);
    CHECK(letters.at(last).delivery.first_number == 1);
    CHECK(county.outbox().lanes.empty());
    CHECK(county.resume().deliveries.empty());
}

TEST_CASE("behind a refused delivery its client's others wait, and leave in order after it",
          "[core][lanes]") {
    OutboxCounty county;
    county.refuse(county.tell("Maria"));
    county.tell("Maria");
    const std::uint64_t ben = county.tell("Ben");
    county.tell("Maria");
    CHECK(ben == 2);  // Ben's went out at once, Maria's were not numbered
    county.wait(seconds{1});
    CHECK(county.delivery(3).attempt == 2);
    CHECK(county.outbox().last_number == 3);
    const core::Outcome taken = county.acknowledge(3);
    CHECK(county.outbox().last_number == 5);
    CHECK(taken.entry.decisions.deliveries.size() == 2);
    CHECK(county.delivery(4).entry < county.delivery(5).entry);
    CHECK(county.outbox().lanes.empty());
    CHECK(county.tell("Maria") == 6);
}

TEST_CASE("a confirmation ends the wait as an acknowledgement does", "[core][lanes]") {
    OutboxCounty county;
    county.refuse(county.tell());
    county.tell();
    county.wait(seconds{1});
    county.confirm(2);
    CHECK(county.outbox().last_number == 3);
    CHECK(county.outbox().lanes.empty());
    CHECK(county.outbox().acknowledged == 1);  // the confirmed one is still owed an acknowledgement
}

TEST_CASE("a dead letter lets go what was held behind it", "[core][lanes]") {
    OutboxCounty county;
    std::uint64_t number = county.tell();
    county.refuse(number);
    county.tell();
    for (int i = 0; i < 3; ++i) {
        county.wait(seconds{10});
        county.refuse(county.outbox().last_number);
    }
    county.wait(seconds{10});
    number = county.outbox().last_number;
    county.refuse(number);
    CHECK(county.outbox().dead_letters.contains(number));
    CHECK(county.outbox().last_number == number + 1);
    CHECK(county.delivery(number + 1).first_number == 0);
}

TEST_CASE("two refused deliveries of one client keep their order, whichever was refused first",
          "[core][lanes]") {
    OutboxCounty county;
    const bool later_first = GENERATE(false, true);
    county.tell();
    county.tell();
    county.refuse(later_first ? 2 : 1);
    county.tell();  // held, never sent
    county.refuse(later_first ? 1 : 2);
    county.wait(seconds{1});
    CHECK(county.delivery(3).first_number == 1);
    county.acknowledge(3);
    CHECK(county.delivery(4).first_number == 2);
    CHECK(county.delivery(4).attempt == 2);
    CHECK(county.delivery(5).first_number == 0);
}

TEST_CASE("a lane holds so many; one more, and the refused one is given up", "[core][lanes]") {
    OutboxCounty county;
    county.refuse(county.tell());
    for (std::size_t i = 0; i < core::kLaneHeldMax; ++i) {
        county.tell();
    }
    REQUIRE(county.outbox().last_number == 1);
    CHECK(county.outbox().lanes.at(OutboxCounty::client("Maria")).held.size() ==
          core::kLaneHeldMax);
    county.tell();
    CHECK(county.outbox().lanes.empty());
    CHECK(county.outbox().last_number == 1 + core::kLaneHeldMax + 1);
    REQUIRE(county.outbox().dead_letters.contains(1));
    CHECK(county.outbox().dead_letters.at(1).stage == DeadLetterStage::LaneFull);
    CHECK(county.outbox().dead_letters.at(1).attempts == 1);
}

TEST_CASE("a full lane whose attempt is out lets each held delivery go once", "[core][lanes]") {
    OutboxCounty county;
    county.refuse(county.tell());
    county.wait(seconds{1});
    for (std::size_t i = 0; i <= core::kLaneHeldMax; ++i) {
        county.tell();
    }
    CHECK(county.outbox().last_number == 2 + core::kLaneHeldMax + 1);
    CHECK(county.outbox().dead_letters.at(2).attempts == 2);
}

TEST_CASE("a refused delivery that may not be told any more is withdrawn at its time",
          "[core][lanes]") {
    OutboxCounty county;
    county.refuse(county.tell("Maria"));
    county.tell("Maria");
    county.assign("Maria", "carla");
    CHECK(county.outbox().lanes.empty());
    CHECK(county.outbox().pending.empty());
    CHECK(county.resume().deliveries.empty());
    county.wait(seconds{60});
    CHECK(county.resume().deliveries.empty());
}

TEST_CASE("an attempt that falls due, and what waits behind it, are permitted anew",
          "[core][lanes]") {
    OutboxCounty county;
    county.refuse(county.tell());
    county.tell();
    // The clinic's agreement has ended meanwhile; nobody said so.
    county.world.now = *parse_iso_time("2041-01-01T12:00:00Z");
    county.wait(Micros{0});
    CHECK(county.outbox().lanes.empty());
    CHECK(county.outbox().last_number == 2);  // the held one was numbered, and withdrawn
    CHECK(county.outbox().pending.empty());
    CHECK(county.outbox().acknowledged == 2);
}

TEST_CASE("a refusal of what is not owed changes nothing that is sent", "[core][lanes]") {
    OutboxCounty county;
    county.tell();
    county.tell();
    county.acknowledge(1);
    CHECK(county.refuse(1).journalled);  // its words are in the trail
    county.refuse(2);
    const auto lanes = county.outbox().lanes;
    CHECK(lanes.size() == 1);
    county.refuse(2);  // once more, from another session
    CHECK(county.outbox().lanes == lanes);
}

TEST_CASE("what cannot be worded is a dead letter at once, and nothing waits behind it",
          "[core][lanes]") {
    OutboxCounty county;
    county.tell();
    VerdictInput verdict;
    verdict.delivery = county.delivery(1);
    verdict.unrenderable = true;
    county.step(verdict);
    CHECK(county.outbox().dead_letters.at(1).stage == DeadLetterStage::Rendering);
    CHECK(county.tell() == 2);
    CHECK_FALSE(county.step(verdict).journalled);  // the other session could not word it either
}

TEST_CASE("a recipient that refuses everyone's has so many lanes; then it is a dead letter at once",
          "[core][lanes]") {
    OutboxCounty county;
    county.tell();
    core::State state = county.world.machine.state();
    Lane filler;
    filler.recipient = county.ana;
    filler.active = county.delivery(1);
    for (std::size_t i = 1; i <= core::kLanesMax; ++i) {
        filler.client.value[0] = static_cast<std::uint8_t>(i);
        filler.client.value[1] = static_cast<std::uint8_t>(i >> 8U);
        core::put_lane(state, filler);
    }
    VerdictInput verdict;
    verdict.delivery = county.delivery(1);
    verdict.outcome = VerdictOutcome::Refused;
    Input input;
    input.principal = county.ana;
    input.body = verdict;
    const core::Outcome outcome = core::decide(state, county.world.machine.rules(), input);
    CHECK(outcome.entry.decisions.lanes.empty());
    REQUIRE(outcome.entry.decisions.dead_letters.size() == 1);
    CHECK(outcome.entry.decisions.dead_letters[0].stage == DeadLetterStage::LaneFull);
}

TEST_CASE("waiting attempts and replays wake the machine", "[core][lanes]") {
    OutboxCounty county;
    const UtcTime before = county.world.machine.next_wake();
    county.refuse(county.tell());
    county.world.advance(county.world.now);  // the office has looked at the new feed
    CHECK(county.world.machine.next_wake() == county.world.now + seconds{1});
    CHECK(before > county.world.now + seconds{1});
}
