#include "hub/core/machine.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

UtcTime start() { return *parse_iso_time("2026-07-06T12:00:00Z"); }

Submission visit(const World& world, const std::string& key, int hours_ahead) {
    Submission claim;
    claim.kind = EventKind::AppointmentBooked;
    claim.business_key = key;
    ObligationClaim told;
    told.obligation_class = ObligationClass::ClinicVisit;
    told.start = world.now + std::chrono::hours{hours_ahead};
    told.end = told.start + std::chrono::hours{1};
    claim.payload = told;
    return claim;
}

}  // namespace

TEST_CASE("a repeated event has one effect and two receipts", "[core][inbox]") {
    World world(start());
    world.add_client("Maria");
    Submission claim = visit(world, "v-1", 48);
    claim.source_msg_id = "m-1";
    const Receipt first = world.submit("clinic", "Maria", claim);
    const std::size_t entries = world.entries.size();
    const Receipt second = world.submit("clinic", "Maria", claim);
    CHECK(first.status == ReceiptStatus::Accepted);
    CHECK(second.status == ReceiptStatus::Duplicate);
    CHECK(second.sequence == first.sequence);
    CHECK(world.entries.size() == entries);
}

TEST_CASE("one id with another body is refused, and nothing of it stays", "[core][inbox]") {
    World world(start());
    world.add_client("Maria");
    Submission claim = visit(world, "v-1", 48);
    claim.source_msg_id = "m-1";
    world.submit("clinic", "Maria", claim);
    claim.business_key = "v-2";
    const Receipt second = world.submit("clinic", "Maria", claim);
    CHECK(second.status == ReceiptStatus::Refused);
    CHECK(second.refusal.reason == RefusalReason::IdReused);
    CHECK(world.subject("Maria").obligations.size() == 1);
}

TEST_CASE("a kind outside the partner's capability is refused", "[core]") {
    World world(start());
    world.add_client("Maria");
    const Receipt receipt = world.submit("court", "Maria", visit(world, "v-1", 48));
    CHECK(receipt.refusal.reason == RefusalReason::KindNotInCapability);
}

TEST_CASE("an event about an unknown client is accepted and routed to nobody", "[core]") {
    World world(start());
    const Receipt receipt = world.submit("clinic", "Nobody", visit(world, "v-1", 48));
    CHECK(receipt.status == ReceiptStatus::Accepted);
    REQUIRE(world.entries.back().decisions.routes.size() == 1);
    CHECK(world.entries.back().decisions.routes[0].withheld == Withheld::NotLinked);
}

TEST_CASE("a missing field is named", "[core]") {
    World world(start());
    world.add_client("Maria");
    Submission claim = visit(world, "", 48);
    const Receipt receipt = world.submit("clinic", "Maria", claim);
    CHECK(receipt.refusal.reason == RefusalReason::MissingField);
    CHECK(receipt.refusal.field == "business_key");
}

TEST_CASE("an identifier of one client cannot be given to another", "[core][identity]") {
    World world(start());
    world.add_client("Maria");
    RosterCommand row;
    row.client = "Ben";
    row.identifier = {"county", "ID", "Maria"};
    const Receipt receipt = world.command(row);
    CHECK(receipt.refusal.reason == RefusalReason::IdentifierTaken);
    CHECK(world.machine.state().find_case(World::client_id("Ben")) == nullptr);
}

TEST_CASE("a second import of the same row changes nothing", "[core]") {
    World world(start());
    world.add_client("Maria");
    const std::size_t entries = world.entries.size();
    CHECK(world.add_client("Maria").status == ReceiptStatus::Duplicate);
    CHECK(world.entries.size() == entries);
}

TEST_CASE("a case manager may not change the registry", "[core]") {
    World world(start());
    PlaceCommand place;
    place.partner = "clinic";
    CHECK(world.command(place, "ana").refusal.reason == RefusalReason::NotAllowed);
}

TEST_CASE("between sessions the later assertion wins, within one the later arrival", "[core]") {
    World world(start());
    world.add_client("Maria");
    Submission claim = visit(world, "v-1", 48);
    claim.recorded_at = world.now;
    world.submit("clinic", "Maria", claim);
    // The same session: an older recorded_at still applies, its order of arrival counts.
    claim.kind = EventKind::AppointmentRescheduled;
    claim.recorded_at = world.now - std::chrono::hours{1};
    std::get<ObligationClaim>(claim.payload).start += std::chrono::hours{5};
    world.submit("clinic", "Maria", claim);
    CHECK(world.subject("Maria").obligations.at(0).start == world.now + std::chrono::hours{53});
}

TEST_CASE("a notice is owed until it is acknowledged, and withdrawn when consent goes",
          "[core][outbox]") {
    World world(start(), few_rules());
    world.add_client("Maria");
    Submission claim = visit(world, "v-1", 480);
    claim.labels.add(SecurityLabel::Part2);
    Submission consent;
    consent.kind = EventKind::ConsentGranted;
    ConsentClaim told;
    told.consent = "c-1";
    told.kind = ConsentKind::Part2Specific;
    told.purpose = PurposeOfUse::CareCoordination;
    told.discloser = "clinic";
    told.recipients = {"owner"};
    told.signed_on = *make_date(2026, 1, 1);
    told.expires = make_date(2027, 1, 1);
    consent.payload = told;
    world.submit("ana", "Maria", consent);
    world.submit("clinic", "Maria", claim);
    const PartnerId ana = world.partner("ana");
    REQUIRE(world.machine.state().outboxes.at(ana).pending.size() == 1);

    consent.kind = EventKind::ConsentRevoked;
    world.submit("ana", "Maria", consent);
    Input resume;
    resume.principal = ana;
    ResumeInput ask;
    ask.count_max = 10;
    resume.body = ask;
    const core::Outcome outcome = world.step(std::move(resume));
    CHECK(outcome.resumed.deliveries.empty());
    CHECK(world.machine.state().outboxes.at(ana).pending.empty());
}

TEST_CASE("ten thousand repeats of one situation are one alert", "[core][alerts]") {
    World world(start(), few_rules());
    world.add_client("Maria");
    Submission hearing = visit(world, "h-1", 100);
    hearing.kind = EventKind::HearingScheduled;
    std::get<ObligationClaim>(hearing.payload).obligation_class = ObligationClass::CourtAppearance;
    world.submit("court", "Maria", hearing);
    for (int i = 0; i < 10'000; ++i) {
        world.submit("clinic", "Maria", visit(world, "v-1", 100));
    }
    REQUIRE(world.subject("Maria").alerts.size() == 1);
    CHECK(world.subject("Maria").alerts.at(0).state == AlertState::Raised);
    CHECK(world.subject("Maria").alerts.at(0).count == 10'000);
}

TEST_CASE("an idle tick is not journalled", "[core]") {
    World world(start());
    world.add_client("Maria");
    Input tick;
    tick.body = TickInput{};
    CHECK_FALSE(world.step(std::move(tick)).journalled);
}

TEST_CASE("an input that stopped the hub stays refused as poison when its lane is free again",
          "[core][poison]") {
    World world(start());
    world.add_client("Maria");
    Submission claim = visit(world, "v-1", 48);
    claim.source_msg_id = "m-1";
    claim.occurred_at = world.now;
    Input poison;
    // World uses the body's hash as fingerprint.
    poison.body = PoisonInput{World::hash("body", "v-1" + to_iso(world.now) + "m-1" + "1"), {}};
    world.step(std::move(poison));
    CHECK(world.submit("clinic", "Maria", claim).refusal.reason == RefusalReason::Poison);
    world.advance(world.now + std::chrono::minutes{15});
    CHECK(world.submit("clinic", "Maria", claim).refusal.reason == RefusalReason::Poison);
    CHECK(world.submit("clinic", "Maria", visit(world, "v-2", 48)).status ==
          ReceiptStatus::Accepted);
}

TEST_CASE("a poison event parks its own client's lane, whoever sends, and nobody else's",
          "[core][poison]") {
    World world(start());
    world.add_client("Maria");
    world.add_client("Jonas");
    Input poison;
    poison.body = PoisonInput{{1}, {World::hash("subject", "Maria")}};
    world.step(std::move(poison));
    CHECK(world.submit("clinic", "Maria", visit(world, "v-1", 48)).refusal.reason ==
          RefusalReason::LaneParked);
    CHECK(world.submit("hospital", "Maria", visit(world, "v-2", 72)).refusal.reason ==
          RefusalReason::LaneParked);
    CHECK(world.submit("clinic", "Jonas", visit(world, "v-3", 48)).status ==
          ReceiptStatus::Accepted);
    world.advance(world.now + std::chrono::minutes{15});
    CHECK(world.submit("clinic", "Maria", visit(world, "v-1", 48)).status ==
          ReceiptStatus::Accepted);
}

TEST_CASE("a command that stopped the hub is not tried again while it is parked",
          "[core][poison]") {
    World world(start());
    world.add_client("Maria");
    StaffCommand staff;
    staff.staff = "ben";
    Input poison;
    poison.body = PoisonInput{{7}, {}};
    world.step(std::move(poison));
    Input input;
    input.principal = world.partner("admin");
    input.session = 1;
    input.fingerprint = {7};
    input.body = CommandInput{staff, {}, {}, {}, {}};
    CHECK(world.step(std::move(input)).receipt.refusal.reason == RefusalReason::Poison);
}
