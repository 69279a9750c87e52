// What a principal is owed: resumed, acknowledged, withdrawn, kept within bounds, given up.
#include "tests/unit/core/outbox_county.hpp"

using namespace carehub;
using namespace carehub::test;
using std::chrono::seconds;

TEST_CASE("a resume answers what is owed, in order, and says that it is all", "[core][outbox]") {
    OutboxCounty county;
    for (int i = 0; i < 4; ++i) {
        county.tell();
    }
    county.acknowledge(1);
    const auto answer = county.resume(2);
    CHECK(numbers(answer.deliveries) == Numbers{3, 4});
    CHECK(answer.passed == 4);
    CHECK(answer.acknowledged == 1);
    CHECK_FALSE(answer.more);
}

TEST_CASE("what is no longer permitted is withdrawn by the resume and is not in its answer",
          "[core][outbox]") {
    OutboxCounty county;
    county.tell("Maria");
    county.tell("Ben");
    county.tell("Maria");
    // Maria's consent to the clinic's telling ends with the agreement's last day.
    county.world.now = *parse_iso_time("2041-01-01T12:00:00Z");
    const auto answer = county.resume();
    CHECK(answer.deliveries.empty());
    CHECK(answer.passed == 3);
    CHECK_FALSE(answer.more);
    CHECK(county.world.entries.back().decisions.deliveries.size() == 3);
    // All of it is settled: nothing is owed any more, and nothing is remembered of it.
    CHECK(county.outbox().acknowledged == 3);
    CHECK(county.outbox().settled.empty());
    CHECK(county.outbox().pending.empty());
}

TEST_CASE("a new owner in the roster withdraws what the former one had not been told",
          "[core][outbox]") {
    OutboxCounty county;
    county.tell("Ben");
    county.tell("Maria");
    county.tell("Ben");
    county.assign("Maria", "carla");
    CHECK(county.outbox().settled == std::set<std::uint64_t>{2});
    CHECK(numbers(county.resume().deliveries) == Numbers{1, 3});
}

TEST_CASE("a change that may narrow what is told of a client says so, for what has left core",
          "[core][outbox]") {
    OutboxCounty county;
    Submission assigned;
    assigned.kind = EventKind::CaseReassigned;
    CaseworkClaim told;
    told.owner = "ana";
    assigned.payload = told;
    assigned.feed = "desk";
    assigned.source_msg_id = "x";
    assigned.identifiers = {{"county", "ID", "Maria"}};
    Input input;
    input.principal = county.ana;
    SubmissionInput submission;
    submission.claim = assigned;
    submission.source = {World::hash("source", "x")};
    submission.body = World::hash("body", "x");
    submission.subjects = {{World::hash("subject", "Maria")}};
    submission.claim.zone = "America/New_York";
    submission.claim.occurred_at = county.world.now;
    input.body = submission;
    const core::Outcome outcome = county.world.step(std::move(input));
    INFO(outcome.receipt.refusal.field << ": " << outcome.receipt.refusal.fix);
    REQUIRE(outcome.receipt.status == ReceiptStatus::Accepted);
    CHECK(outcome.narrowed == std::vector{OutboxCounty::client("Maria")});
}

TEST_CASE("a subscriber that takes nothing costs bounded memory, and gets all of it later",
          "[core][outbox]") {
    OutboxCounty county;
    constexpr std::size_t kTold = core::kOutboxPendingMax + 300;
    for (std::size_t i = 0; i < kTold; ++i) {
        county.tell();
    }
    CHECK(county.outbox().pending.size() == core::kOutboxPendingMax);
    CHECK(county.outbox().last_number == kTold);

    std::uint64_t after = 0;
    std::uint64_t expected = 0;
    bool was_on_disk = false;
    for (bool more = true; more;) {
        ResumeInput ask;
        ask.after = after;
        ask.count_max = 1'000;
        if (was_on_disk) {
            ask.backlog = county.backlog(after, 100);
        }
        const auto answer = county.step(ask).resumed;
        for (const Delivery& delivery : answer.deliveries) {
            REQUIRE(delivery.number == ++expected);
        }
        REQUIRE((answer.passed > after || answer.on_disk));
        after = answer.passed;
        was_on_disk = answer.on_disk;
        more = answer.more;
    }
    CHECK(expected == kTold);

    // On disk only until the recipient is up to date; what comes then is at hand again.
    county.acknowledge(kTold - 1, {7});
    CHECK(county.outbox().pending.empty());
    CHECK(county.outbox().position == Sequence{7});
    county.tell();
    CHECK(county.outbox().pending.empty());
    county.acknowledge(kTold + 1);
    county.tell();
    CHECK(county.outbox().pending.size() == 1);
}

TEST_CASE("what stands in the journal alone is permitted anew too", "[core][outbox]") {
    OutboxCounty county;
    county.tell("Maria");
    county.tell("Ben");
    ResumeInput ask;
    ask.count_max = 10;
    ask.backlog = county.backlog(0, 10);
    core::State state = county.world.machine.state();
    state.outboxes.at(county.ana).pending.clear();
    state.cases.at(OutboxCounty::client("Maria")).client.owner = {};
    Input input;
    input.principal = county.ana;
    input.received_at = county.world.now;
    input.body = ask;
    const core::Outcome outcome = core::decide(state, county.world.machine.rules(), input);
    CHECK(numbers(outcome.resumed.deliveries) == Numbers{2});
    REQUIRE(outcome.entry.decisions.deliveries.size() == 1);
    CHECK(outcome.entry.decisions.deliveries[0].state == DeliveryState::Withdrawn);
}

TEST_CASE("who never acknowledges leaves a bounded number of exceptions", "[core][outbox]") {
    OutboxCounty county;
    county.tell("Ben");
    county.tell("Maria");
    core::State state = county.world.machine.state();
    core::Outbox& outbox = state.outboxes.at(county.ana);
    for (std::uint64_t number = 3; number < 3 + core::kSettledMax; ++number) {
        outbox.settled.insert(number);
    }
    outbox.last_number = 2 + core::kSettledMax;
    ResumeInput ask;
    ask.count_max = 10;
    Input input;
    input.principal = county.ana;
    input.received_at = county.world.now;
    input.body = ask;
    const core::Outcome outcome = core::decide(state, county.world.machine.rules(), input);
    CHECK(outcome.resumed.waits);
    CHECK(outcome.resumed.more);
    CHECK(outcome.resumed.passed == 0);
}

TEST_CASE("a position claimed above what was ever sent is put right", "[core][outbox]") {
    OutboxCounty county;
    county.tell();
    const auto answer = county.resume(500);
    CHECK(answer.passed == 1);
    CHECK_FALSE(answer.more);
}

TEST_CASE("the position of an outbox never goes back", "[core][outbox]") {
    OutboxCounty county;
    county.tell();
    county.tell();
    county.acknowledge(1, {9});
    county.acknowledge(2, {4});
    CHECK(county.outbox().position == Sequence{9});
}

TEST_CASE("five sessions that end without an answer make a dead letter, and the next one goes on",
          "[core][outbox]") {
    OutboxCounty county;
    county.tell();
    county.tell("Ben");
    CHECK(county.resume().deliveries.size() == 2);
    CHECK(county.resume(0, 2).deliveries.size() == 2);  // sent for the second time
    for (int sent = 3; sent <= 5; ++sent) {
        const auto alone = county.resume(0, 2);
        CHECK(numbers(alone.deliveries) == Numbers{1});
        CHECK(alone.waits);
        CHECK(alone.more);
    }
    CHECK(county.outbox().suspect.attempts == 4);
    const auto answer = county.resume(0, 2);
    CHECK(numbers(answer.deliveries) == Numbers{2});
    REQUIRE(county.outbox().dead_letters.contains(1));
    const DeadLetter& letter = county.outbox().dead_letters.at(1);
    CHECK(letter.stage == DeadLetterStage::Unacknowledged);
    CHECK(letter.attempts == 5);
    CHECK(county.outbox().suspect.attempts == 0);
}

TEST_CASE("an acknowledgement ends the suspicion", "[core][outbox]") {
    OutboxCounty county;
    county.tell();
    county.tell();
    for (int i = 0; i < 4; ++i) {
        county.resume(0, 2);
    }
    REQUIRE(county.outbox().suspect.attempts == 4);
    county.acknowledge(1);
    CHECK(county.outbox().suspect.attempts == 0);
    CHECK(numbers(county.resume(1).deliveries) == Numbers{2});
    CHECK(county.outbox().dead_letters.empty());
}

TEST_CASE("who only looks, who has kept it, and who was sent nothing failed at nothing",
          "[core][outbox]") {
    OutboxCounty county;
    county.tell();
    ResumeInput looks;
    looks.count_max = 10;
    looks.sent = 1;
    looks.looks_only = true;
    county.step(looks);
    county.resume(1, 1);
    county.resume(0, 0);
    CHECK(county.outbox().suspect.attempts == 0);
}

TEST_CASE("what is shown to who only looks is recorded, each time, and stays owed",
          "[core][outbox]") {
    OutboxCounty county;
    county.tell();
    county.tell("Ben");
    ResumeInput looks;
    looks.count_max = 10;
    looks.looks_only = true;
    for (int time = 0; time < 2; ++time) {
        const core::Outcome outcome = county.step(looks);
        REQUIRE(outcome.journalled);
        CHECK(numbers(outcome.entry.decisions.deliveries) == Numbers{1, 2});
        for (const Delivery& shown : outcome.entry.decisions.deliveries) {
            CHECK(shown.state == DeliveryState::Shown);
            CHECK(shown.client == county.delivery(shown.number).client);
        }
        CHECK(numbers(outcome.resumed.deliveries) == Numbers{1, 2});
    }
    ResumeInput acknowledges;
    acknowledges.count_max = 10;
    CHECK_FALSE(county.step(acknowledges).journalled);

    // What its filter hides from it was not shown.
    looks.kinds = {EventKind::HearingScheduled};
    CHECK_FALSE(county.step(looks).journalled);
    looks.kinds = {EventKind::AppointmentModified};
    CHECK(county.step(looks).entry.decisions.deliveries.size() == 2);
}

TEST_CASE("history is permitted anew, marked, recorded, and what is owed stays so",
          "[core][outbox]") {
    OutboxCounty county;
    for (int i = 0; i < 3; ++i) {
        county.tell(i == 1 ? "Ben" : "Maria");
    }
    county.acknowledge(2);
    ResumeInput ask;
    ask.count_max = 10;
    ask.history = true;
    ask.sent = 3;
    ask.backlog = county.backlog(0, 10);
    const core::Outcome outcome = county.step(ask);
    REQUIRE(outcome.journalled);
    REQUIRE(numbers(outcome.entry.decisions.deliveries) == Numbers{1, 2});
    CHECK(outcome.entry.decisions.deliveries[0].state == DeliveryState::Shown);
    CHECK(county.outbox().acknowledged == 2);
    CHECK(numbers(outcome.resumed.deliveries) == Numbers{1, 2});  // 3 is owed: no history
    CHECK(outcome.resumed.deliveries[0].history);
    CHECK_FALSE(outcome.resumed.more);

    county.assign("Maria", "carla");
    CHECK(numbers(county.step(ask).resumed.deliveries) == Numbers{2});
}

TEST_CASE("an event tells its sender at once what became of it", "[core]") {
    OutboxCounty county;
    Submission event;
    event.kind = EventKind::AppointmentBooked;
    event.business_key = "v-9";
    ObligationClaim claim;
    claim.obligation_class = ObligationClass::ClinicVisit;
    claim.start = county.visit_at + std::chrono::hours{300};
    claim.end = claim.start + std::chrono::hours{1};
    event.payload = claim;
    CHECK(county.world.submit("clinic", "Maria", event).routed_to == RoutedTo::Recipients);
    CHECK(county.world.submit("clinic", "Nobody", event).routed_to == RoutedTo::Nobody);
    event.labels.add(SecurityLabel::Part2);
    CHECK(county.world.submit("clinic", "Maria", event).routed_to == RoutedTo::Withheld);
}

TEST_CASE("an id that State forgot is still a repeat when the door looked it up", "[core][inbox]") {
    OutboxCounty county;
    SubmissionInput submission;
    submission.source = {World::hash("source", "old")};
    submission.body = World::hash("body", "old");
    submission.subjects = {{World::hash("subject", "Maria")}};
    submission.claim.kind = EventKind::AppointmentBooked;
    submission.earlier = InboxMark{submission.source, submission.body, {3}};
    Input input;
    input.principal = county.world.partner("clinic");
    input.body = submission;
    const Receipt repeat = county.world.step(input).receipt;
    CHECK(repeat.status == ReceiptStatus::Duplicate);
    CHECK(repeat.sequence == Sequence{3});

    submission.body = World::hash("body", "new");
    input.body = submission;
    const Receipt other = county.world.step(input).receipt;
    CHECK(other.refusal.reason == RefusalReason::IdReused);
    CHECK(other.refusal.fix.find("h-3") != std::string::npos);
}

TEST_CASE("a paused recipient is owed what is decided meanwhile", "[core][outbox]") {
    OutboxCounty county;
    PauseCommand pause;
    pause.name = "ana";
    pause.paused = true;
    REQUIRE(county.world.command(pause).status == ReceiptStatus::Accepted);
    CHECK(county.tell() == 1);
    CHECK(county.outbox().pending.size() == 1);
}
