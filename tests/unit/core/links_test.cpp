#include "hub/core/links.hpp"

#include "hub/core/keyed.hpp"
#include "hub/core/machine.hpp"
#include "hub/core/permit.hpp"
#include "hub/core/snapshot.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/identity_world.hpp"

using namespace carehub;
using namespace carehub::test;

namespace {

/// Maria and Ben; the number B-7 is Ben's, and stands with Maria.
struct Mistake : IdentityWorld {
    /// One of each kind of record, all under B-7.
    void tell_everything() {
        book("v-1", "B-7");
        EncounterClaim stay;
        stay.encounter_class = EncounterClass::Inpatient;
        tell("hospital", EventKind::EncounterStarted, "B-7", stay, "e-1");
        CaseworkClaim contact;
        contact.two_way = true;
        tell("ana", EventKind::ContactMade, "B-7", contact);
        tell("court", EventKind::WarrantIssued, "B-7", JusticeClaim{}, "w-1");
        ConsentClaim consent;
        consent.consent = "c-1";
        consent.kind = ConsentKind::HipaaAuthorization;
        consent.discloser = "clinic";
        consent.recipients = {"owner"};
        consent.signed_on = *make_date(2026, 1, 1);
        tell("ana", EventKind::ConsentGranted, "B-7", consent);
        tell("clinic", EventKind::ClientDeceased, "B-7", PersonClaim{});
    }

    /// Events that Ana is owed.
    [[nodiscard]] std::vector<Delivery> waiting() const {
        std::vector<Delivery> events;
        const auto outbox = world.machine.state().outboxes.find(world.partner("ana"));
        if (outbox != world.machine.state().outboxes.end()) {
            std::ranges::copy_if(outbox->second.pending, std::back_inserter(events),
                                 [](const Delivery& one) { return !one.is_alert; });
        }
        return events;
    }
};

}  // namespace

TEST_CASE("what comes under an ended link is nobody's", "[core][links]") {
    Mistake mistake;
    REQUIRE(mistake.book("v-1", "B-7").routed_to == RoutedTo::Recipients);
    REQUIRE(mistake.unlink("B-7", "Maria").status == ReceiptStatus::Accepted);

    CHECK(mistake.book("v-2", "B-7").routed_to == RoutedTo::Nobody);
    CHECK(mistake.book("v-3", "Maria").routed_to == RoutedTo::Recipients);
    CHECK(mistake.world.subject("Maria").obligations.size() == 1);
}

TEST_CASE("what was told under an ended link leaves the case, and nothing else", "[core][links]") {
    Mistake mistake;
    mistake.tell_everything();
    mistake.book("v-own", "Maria");
    const core::Case& maria = mistake.world.subject("Maria");
    REQUIRE(maria.obligations.size() == 2);
    REQUIRE(maria.client.deceased_at != kUnknownTime);
    mistake.unlink("B-7", "Maria");

    CHECK(maria.obligations.size() == 1);
    CHECK(maria.stays.empty());
    CHECK(maria.contacts.empty());
    CHECK(maria.consents.empty());
    CHECK(std::ranges::none_of(maria.matters,
                               [](const Matter& one) { return one.kind == MatterKind::Warrant; }));
    CHECK(maria.client.deceased_at == kUnknownTime);
    CHECK(mistake.world.subject("Ben").obligations.empty());
}

TEST_CASE("a split takes along what was told under the identifier", "[core][links]") {
    Mistake mistake;
    mistake.tell_everything();
    REQUIRE(mistake.split("B-7", "Maria", "Ben").status == ReceiptStatus::Accepted);

    const core::Case& maria = mistake.world.subject("Maria");
    const core::Case& ben = mistake.world.subject("Ben");
    CHECK(maria.obligations.empty());
    CHECK(ben.obligations.size() == 1);
    CHECK(ben.stays.size() == 1);
    CHECK(ben.contacts.size() == 1);
    CHECK(ben.matters.size() == 1);
    CHECK(ben.consents.size() == 1);
    CHECK(ben.consents.front().client == World::client_id("Ben"));
    CHECK(ben.client.deceased_at != kUnknownTime);
    CHECK(maria.client.deceased_at == kUnknownTime);
    CHECK(mistake.book("v-2", "B-7").routed_to != RoutedTo::Nobody);
    CHECK(ben.obligations.size() == 2);
}

TEST_CASE("a record that both were told of stays as the later one said", "[core][links]") {
    Mistake mistake;
    mistake.book("v-1", "B-7");
    mistake.world.advance(mistake.world.now + std::chrono::hours{1});
    Submission moved;
    moved.kind = EventKind::AppointmentCancelled;
    moved.business_key = "v-1";
    moved.payload = ObligationClaim{};
    mistake.world.submit("clinic", "Ben", moved);
    mistake.split("B-7", "Maria", "Ben");

    const core::Case& ben = mistake.world.subject("Ben");
    REQUIRE(ben.obligations.size() == 1);
    CHECK(ben.obligations.front().status == ObligationStatus::Cancelled);
}

TEST_CASE("an appointment that somebody else came to was not come to", "[core][links]") {
    Mistake mistake;
    mistake.book("v-own", "Maria");
    mistake.world.advance(*parse_iso_time("2026-07-09T14:00:00Z"));
    EncounterClaim came;
    came.encounter_class = EncounterClass::Outpatient;
    came.start = mistake.world.now;
    mistake.tell("clinic", EventKind::EncounterStarted, "B-7", came, "e-1");
    const core::Case& maria = mistake.world.subject("Maria");
    REQUIRE(maria.obligations.front().status == ObligationStatus::InProgress);

    mistake.split("B-7", "Maria", "Ben");
    CHECK(maria.obligations.front().status == ObligationStatus::Scheduled);
}

TEST_CASE("what waits under an ended link is withdrawn, what waits beside it is not",
          "[core][links]") {
    Mistake mistake;
    mistake.book("v-1", "B-7");
    mistake.book("v-own", "Maria");
    REQUIRE(mistake.waiting().size() == 2);
    mistake.unlink("B-7", "Maria");

    REQUIRE(mistake.waiting().size() == 1);
    const Obligation& own = mistake.world.subject("Maria").obligations.front();
    CHECK(mistake.waiting().front().entry == own.last);
}

TEST_CASE("who was told under an ended link makes a breach; where nobody was there is none",
          "[core][links]") {
    Mistake mistake;
    mistake.unlink("B-7", "Maria");
    CHECK(mistake.breaches("Maria") == 0);

    mistake.link("M-9", "Maria");
    const Sequence told = mistake.book("v-1", "M-9").sequence;
    mistake.unlink("M-9", "Maria");
    REQUIRE(mistake.breaches("Maria") == 1);
    CHECK(mistake.world.subject("Maria").matters.front().first == told);

    // Told before the first end, not after the second beginning.
    mistake.link("M-9", "Maria");
    mistake.unlink("M-9", "Maria");
    CHECK(mistake.breaches("Maria") == 1);
}

TEST_CASE("an alert about what left the case is seen by nobody any more", "[core][links]") {
    Mistake mistake;
    mistake.book("v-1", "B-7");
    mistake.book("v-2", "Maria");
    const auto ana_sees = [&] {
        const core::State& state = mistake.world.machine.state();
        const core::Case& subject = mistake.world.subject("Maria");
        REQUIRE(subject.alerts.size() == 1);
        return core::staff_may_see(state, subject, subject.alerts.front().finding,
                                   state.symbol("ana"), mistake.world.now);
    };
    CHECK(ana_sees());
    mistake.unlink("B-7", "Maria");
    CHECK_FALSE(ana_sees());
}

TEST_CASE("that the client was told of another's hearing informs of none", "[core][links]") {
    Mistake mistake;
    ObligationClaim hearing;
    hearing.obligation_class = ObligationClass::CourtAppearance;
    hearing.start = *parse_iso_time("2026-07-09T14:00:00Z");
    hearing.end = hearing.start + std::chrono::hours{1};
    mistake.tell("court", EventKind::HearingScheduled, "B-7", hearing, "h-1");
    mistake.tell("ana", EventKind::ClientInformed, "Maria", CaseworkClaim{});
    REQUIRE(mistake.world.subject("Maria").client.informed_at != kUnknownTime);
    mistake.unlink("B-7", "Maria");
    CHECK(mistake.world.subject("Maria").client.informed_at == kUnknownTime);
}

TEST_CASE("what a person separated the roster does not join, and a person does", "[core][links]") {
    Mistake mistake;
    mistake.unlink("B-7", "Maria");
    const Receipt refused = mistake.roster("B-7", "Maria");
    CHECK(refused.status == ReceiptStatus::Refused);
    CHECK(refused.refusal.reason == RefusalReason::IdentifierSeparated);

    REQUIRE(mistake.roster("B-7", "Ben").status == ReceiptStatus::Accepted);
    CHECK(mistake.roster("B-7", "Maria").refusal.reason == RefusalReason::IdentifierTaken);
    REQUIRE(mistake.unlink("B-7", "Ben").status == ReceiptStatus::Accepted);
    CHECK(mistake.roster("B-7", "Maria").refusal.reason == RefusalReason::IdentifierSeparated);

    REQUIRE(mistake.link("B-7", "Maria").status == ReceiptStatus::Accepted);
    CHECK(mistake.link("B-7", "Maria").status == ReceiptStatus::Duplicate);
    CHECK(mistake.roster("B-7", "Maria").status != ReceiptStatus::Refused);
    CHECK(mistake.book("v-1", "B-7").routed_to == RoutedTo::Recipients);
}

TEST_CASE("only what can be so is linked, unlinked or split", "[core][links]") {
    Mistake mistake;
    const auto reason = [](const Receipt& receipt) { return receipt.refusal.reason; };
    CHECK(reason(mistake.link("B-7", "Nobody")) == RefusalReason::UnknownClient);
    CHECK(reason(mistake.link("B-7", "Ben")) == RefusalReason::IdentifierTaken);
    CHECK(reason(mistake.unlink("B-7", "Ben")) == RefusalReason::NotFound);
    CHECK(reason(mistake.unlink("X-1", "Maria")) == RefusalReason::NotFound);
    CHECK(reason(mistake.split("B-7", "Maria", "Maria")) == RefusalReason::UnknownClient);
    CHECK(reason(mistake.split("B-7", "Maria", "")) == RefusalReason::UnknownClient);
    CHECK(reason(mistake.say(LinkAct::Unlink, "B-7", "Maria", "", "ana")) ==
          RefusalReason::NotAllowed);
    CHECK(reason(mistake.say(LinkAct::Unlink, "B-7", "Maria", "", "clinic")) ==
          RefusalReason::NotAllowed);
    LinkCommand own_name{
        LinkAct::Unlink, "Maria", {"carehub", "CLIENT", "Maria"}, "", "she has no name"};
    CHECK(reason(mistake.world.command(own_name)) == RefusalReason::InvalidField);
    mistake.world.add_staff("sue", StaffRole::Supervisor);
    CHECK(mistake.say(LinkAct::Unlink, "B-7", "Maria", "", "sue").status ==
          ReceiptStatus::Accepted);
}

TEST_CASE("of an event's identifiers only those that still hold count", "[core][links]") {
    Mistake mistake;
    Submission both;
    both.kind = EventKind::PersonUpserted;
    both.payload = PersonClaim{};
    both.identifiers = {{"county", "ID", "B-7"}};
    mistake.unlink("B-7", "Maria");
    mistake.world.submit("clinic", "Ben", both);
    CHECK(mistake.world.entries.back().decisions.client == World::client_id("Ben"));
    CHECK(mistake.world.entries.back().subject.value == World::hash("subject", "Ben"));
}

TEST_CASE("links that end are replayed, and stand in snapshots", "[core][links]") {
    Mistake mistake;
    World& world = mistake.world;
    mistake.tell_everything();
    mistake.split("B-7", "Maria", "Ben");
    const core::State middle =
        core::restore(world.machine.state().last, core::snapshot(world.machine.state()));
    const std::size_t before = world.entries.size();
    mistake.book("v-2", "B-7");
    mistake.unlink("B-7", "Ben");
    mistake.link("B-7", "Maria");
    mistake.book("v-3", "B-7");

    core::Machine replayed(few_rules());
    core::Machine resumed(few_rules());
    resumed.start_from(middle);
    for (std::size_t i = 0; i < world.entries.size(); ++i) {
        replayed.replay(world.entries[i].sequence, world.entries[i].decisions);
        if (i >= before) {
            resumed.replay(world.entries[i].sequence, world.entries[i].decisions);
        }
    }
    CHECK(same_state(replayed.state(), world.machine.state()));
    CHECK(same_state(resumed.state(), world.machine.state()));
    CHECK(core::is_separated(resumed.state(), {World::hash("subject", "B-7")},
                             World::client_id("Ben")));
    CHECK_FALSE(core::is_separated(resumed.state(), {World::hash("subject", "B-7")},
                                   World::client_id("Maria")));
}
