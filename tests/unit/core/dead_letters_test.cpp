// What people do with dead letters, and with inputs that were refused as poison.
#include "tests/unit/core/outbox_county.hpp"

using namespace carehub;
using namespace carehub::test;
using std::chrono::seconds;

namespace {

/// Gives up that delivery.
void make_letter(OutboxCounty& county, std::uint64_t number) {
    VerdictInput verdict;
    verdict.delivery = county.delivery(number);
    verdict.unrenderable = true;
    county.step(verdict);
    REQUIRE(county.outbox().dead_letters.contains(number));
}

}  // namespace

TEST_CASE("a replay is told again to its recipient as history, linked to the first",
          "[core][deadletters]") {
    OutboxCounty county;
    make_letter(county, county.tell());
    CHECK(county.world.command(county.on_letter(1, DeadLetterAct::Replay)).status ==
          ReceiptStatus::Accepted);
    CHECK(county.outbox().dead_letters.empty());
    CHECK(county.world.machine.next_wake() <= county.world.now);
    county.wait(Micros{0});
    const Delivery again = county.delivery(2);
    CHECK(again.history);
    CHECK(again.first_number == 1);
    CHECK(again.attempt == 1);
    CHECK(again.entry == county.delivery(1).entry);
    CHECK(county.outbox().replays.empty());
    CHECK(county.world.command(county.on_letter(1, DeadLetterAct::Replay)).refusal.reason ==
          RefusalReason::NotFound);
}

TEST_CASE("a replay is permitted anew", "[core][deadletters]") {
    OutboxCounty county;
    make_letter(county, county.tell());
    county.assign("Maria", "carla");
    county.world.command(county.on_letter(1, DeadLetterAct::Replay));
    county.wait(Micros{0});
    CHECK(county.outbox().last_number == 2);
    CHECK(county.world.entries.back().decisions.deliveries.front().state ==
          DeliveryState::Withdrawn);
    CHECK(county.resume().deliveries.empty());
}

TEST_CASE("when little is told a replay leaves each second, however late the tick",
          "[core][deadletters]") {
    OutboxCounty county;
    for (int i = 0; i < 5; ++i) {
        county.tell();
    }
    for (std::uint64_t number = 1; number <= 5; ++number) {
        make_letter(county, number);
        county.world.command(county.on_letter(number, DeadLetterAct::Replay));
    }
    std::vector<UtcTime> left;
    for (int i = 0; i < 60 && left.size() < 5; ++i) {
        const std::uint64_t before = county.outbox().last_number;
        county.wait(std::chrono::milliseconds{100});
        for (std::uint64_t n = before; n < county.outbox().last_number; ++n) {
            left.push_back(county.world.now);
        }
    }
    REQUIRE(left.size() == 5);
    CHECK(left.back() - left.front() >= std::chrono::milliseconds{3'900});  // as the test looks
}

TEST_CASE("a hub that was off for an hour does not let an hour's replays go at once",
          "[core][deadletters]") {
    OutboxCounty county;
    for (std::uint64_t number = 1; number <= 5; ++number) {
        county.tell();
        make_letter(county, number);
        county.world.command(county.on_letter(number, DeadLetterAct::Replay));
    }
    county.wait(Micros{0});
    REQUIRE(county.outbox().last_number == 6);
    county.world.now += std::chrono::hours{1};
    county.wait(Micros{0});
    CHECK(county.outbox().last_number == 7);
}

TEST_CASE("replays are a tenth of what is told live", "[core][deadletters]") {
    OutboxCounty county;
    constexpr std::uint64_t kLive = 1'200;  // in a minute
    const UtcTime minute = std::chrono::ceil<std::chrono::minutes>(county.world.now);
    county.world.advance(minute);
    for (std::uint64_t i = 0; i < kLive; ++i) {
        county.tell();
    }
    constexpr std::uint64_t kLetters = 200;
    for (std::uint64_t number = 1; number <= kLetters; ++number) {
        make_letter(county, number);
        county.world.command(county.on_letter(number, DeadLetterAct::Replay));
    }
    county.world.advance(minute + std::chrono::minutes{1});
    const std::uint64_t before = county.outbox().last_number;
    for (int i = 0; i < 600; ++i) {
        county.wait(std::chrono::milliseconds{100});
    }
    const std::uint64_t replayed = county.outbox().last_number - before;
    CHECK(replayed <= kLive / core::kReplayShare + 1);
    CHECK(replayed >= kLive / core::kReplayShare - 2);
}

TEST_CASE("a discarded letter is gone and in the trail; without a reason it stays",
          "[core][deadletters]") {
    OutboxCounty county;
    make_letter(county, county.tell());
    DeadLetterCommand discard = county.on_letter(1, DeadLetterAct::Discard);
    discard.reason.clear();
    CHECK(county.world.command(discard).refusal.field == "reason");
    CHECK(county.outbox().dead_letters.size() == 1);
    discard.reason = "a test of the partner";
    CHECK(county.world.command(discard, "ana").refusal.reason == RefusalReason::NotAllowed);
    CHECK(county.world.command(discard).status == ReceiptStatus::Accepted);
    CHECK(county.outbox().dead_letters.empty());
    REQUIRE(county.world.entries.back().decisions.dead_letters.size() == 1);
    CHECK(county.world.entries.back().decisions.dead_letters[0].state ==
          DeadLetterState::Discarded);
}

TEST_CASE("above the bound the oldest letter is discarded by a decision that says so",
          "[core][deadletters]") {
    OutboxCounty county;
    county.tell();
    county.tell();
    core::State state = county.world.machine.state();
    DeadLetter filler;
    filler.state = DeadLetterState::Parked;
    filler.delivery = county.delivery(1);
    for (std::uint64_t number = 10; number < 10 + core::kDeadLettersMax; ++number) {
        filler.delivery.number = number;
        core::put_dead_letter(state, filler);
    }
    Input input;
    input.principal = county.ana;
    VerdictInput verdict;
    verdict.delivery = county.delivery(1);
    verdict.unrenderable = true;
    input.body = verdict;
    const core::Outcome outcome = core::decide(state, county.world.machine.rules(), input);
    REQUIRE(outcome.entry.decisions.dead_letters.size() == 2);
    CHECK(outcome.entry.decisions.dead_letters[0].delivery.number == 10);
    CHECK(outcome.entry.decisions.dead_letters[0].state == DeadLetterState::Discarded);
    CHECK(outcome.entry.decisions.dead_letters[0].reason == RefusalReason::Overloaded);
    core::evolve(state, outcome.entry.sequence, outcome.entry.decisions);
    CHECK(state.outboxes.at(county.ana).dead_letters.size() == core::kDeadLettersMax);
}

TEST_CASE("a poison input that a person lets through is accepted when it comes again",
          "[core][deadletters][poison]") {
    OutboxCounty county;
    World& world = county.world;
    Submission claim;
    claim.kind = EventKind::AppointmentBooked;
    claim.business_key = "v-1";
    claim.source_msg_id = "m-1";
    claim.occurred_at = world.now;
    ObligationClaim told;
    told.obligation_class = ObligationClass::ClinicVisit;
    told.start = world.now + std::chrono::hours{700};
    told.end = told.start + std::chrono::hours{1};
    claim.payload = told;
    Input poison;
    poison.body = PoisonInput{World::hash("body", "v-1" + to_iso(world.now) + "m-1" +
                                                      std::to_string(static_cast<int>(claim.kind))),
                              {}};
    world.step(std::move(poison));
    const Receipt refused = world.submit("clinic", "Maria", claim);
    REQUIRE(refused.refusal.reason == RefusalReason::Poison);
    const Receipt again = world.submit("clinic", "Maria", claim);
    world.advance(world.now + std::chrono::minutes{20});
    DeadLetterCommand release;
    release.entry = again.sequence;
    release.act = DeadLetterAct::Replay;
    CHECK(world.command(release).refusal.reason == RefusalReason::NotFound);
    release.entry = refused.sequence;  // the first refusal holds it
    CHECK(world.command(release).status == ReceiptStatus::Accepted);
    CHECK(world.submit("clinic", "Maria", claim).status == ReceiptStatus::Accepted);
}
