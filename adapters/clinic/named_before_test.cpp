// Resources that are put anew with other people in them.
#include "adapters/clinic/named_before.hpp"

#include "adapters/clinic/limits.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

const UtcTime kMonday = *parse_iso_time("2026-07-06T12:00:00Z");

Submission about(EventKind kind, const std::string& record, Payload payload) {
    Submission event;
    event.kind = kind;
    event.feed = "northside";
    event.business_key = "northside|x";
    event.identifiers = {{"NORTH", "MR", record}};
    event.occurred_at = kMonday;
    event.payload = std::move(payload);
    return event;
}

Submission stay(EventKind kind, const std::string& record,
                Disposition disposition = Disposition::Unset) {
    EncounterClaim claim;
    claim.encounter_class = EncounterClass::Inpatient;
    claim.start = kMonday - std::chrono::hours{1};
    claim.disposition = disposition;
    return about(kind, record, claim);
}

Submission visit(const std::string& record) {
    return about(EventKind::AppointmentBooked, record, ObligationClaim{});
}

struct Door {
    NamedBefore named;

    std::vector<Submission> put(std::uint8_t body, std::vector<Submission> events,
                                const std::string& again = "", const std::string& address = "E/1") {
        const std::size_t told = events.size();
        const bool some = named.take_back({address, Hash256{body}, again}, events);
        CHECK(some == (events.size() > told));
        return events;
    }
};

const std::string& record_of(const Submission& event) { return event.identifiers.at(0).value; }

}  // namespace

TEST_CASE("a stay told of another person was never the first one's", "[clinic]") {
    Door door;
    CHECK(door.put(1, {stay(EventKind::EncounterStarted, "7")}).size() == 1);
    const auto corrected = door.put(2, {stay(EventKind::EncounterStarted, "8")});
    REQUIRE(corrected.size() == 2);
    CHECK(corrected[0].kind == EventKind::EncounterStartCancelled);
    CHECK(corrected[0].correction);
    CHECK(record_of(corrected[0]) == "7");
    CHECK(corrected[0].business_key == corrected[1].business_key);
    CHECK(corrected[0].source_msg_id != corrected[1].source_msg_id);
    CHECK(corrected[0].raw_sha256 == Hash256{2});
    CHECK(corrected[1].kind == EventKind::EncounterStarted);

    CHECK(door.put(2, {stay(EventKind::EncounterStarted, "8")}) == corrected);
    CHECK(door.put(3, {stay(EventKind::EncounterEnded, "8")}).size() == 1);
    const auto back = door.put(2, {stay(EventKind::EncounterStarted, "7")}, "again");
    REQUIRE(back.size() == 2);
    CHECK(back[0].source_msg_id != corrected[0].source_msg_id);
}

TEST_CASE("an end told of another person has its beginning too", "[clinic]") {
    Door door;
    static_cast<void>(door.put(1, {stay(EventKind::EncounterEnded, "7", Disposition::Home)}));
    const auto corrected = door.put(2, {stay(EventKind::EncounterEnded, "8", Disposition::Home)});
    REQUIRE(corrected.size() == 3);
    CHECK(corrected[0].kind == EventKind::EncounterStartCancelled);
    CHECK(record_of(corrected[0]) == "7");
    CHECK(corrected[1].kind == EventKind::EncounterStarted);
    CHECK_FALSE(corrected[1].correction);
    CHECK(record_of(corrected[1]) == "8");
    CHECK(corrected[1].occurred_at == kMonday - std::chrono::hours{1});
    CHECK(std::get<EncounterClaim>(corrected[1].payload).disposition == Disposition::Unset);
    CHECK(corrected[2].kind == EventKind::EncounterEnded);
}

TEST_CASE("a death by the stay goes with it, one of the person's own record does not", "[clinic]") {
    const auto died_in = [](Disposition disposition) {
        Door door;
        static_cast<void>(door.put(1, {stay(EventKind::EncounterEnded, "7", disposition),
                                       about(EventKind::ClientDeceased, "7", PersonClaim{})}));
        const auto corrected = door.put(2, {stay(EventKind::EncounterStarted, "8")});
        return std::ranges::count(corrected, EventKind::ClientDeceased, &Submission::kind);
    };
    CHECK(died_in(Disposition::Deceased) == 1);
    CHECK(died_in(Disposition::Home) == 0);
}

TEST_CASE("who takes part no more has no appointment", "[clinic]") {
    Door door;
    static_cast<void>(door.put(1, {visit("3"), visit("4")}));
    const auto corrected = door.put(2, {visit("4"), visit("5")});
    REQUIRE(corrected.size() == 3);
    CHECK(corrected[0].kind == EventKind::AppointmentDeleted);
    CHECK(std::get<ObligationClaim>(corrected[0].payload).status ==
          ObligationStatus::EnteredInError);
    CHECK(record_of(corrected[0]) == "3");
    CHECK(door.put(3, {visit("4"), visit("5")}).size() == 2);
}

TEST_CASE("who may be the same is not taken back", "[clinic]") {
    Door door;
    Submission both = visit("3");
    both.identifiers.push_back({"STATE", "SS", "1"});
    static_cast<void>(door.put(1, {both}));
    Submission other_type = visit("1");
    other_type.identifiers = {{"STATE", "SS", "1"}};
    CHECK(door.put(2, {other_type}).size() == 1);
    Submission not_comparable = visit("9");
    not_comparable.identifiers = {{"NORTH", "FHIR", "9"}};
    CHECK(door.put(3, {not_comparable}).size() == 1);
    CHECK(door.put(4, {}).empty());
    CHECK(door.put(5, {visit("3")}, "", "E/2").size() == 1);
}

TEST_CASE("at least the bound of addresses is remembered, and at most twice that", "[clinic]") {
    Door door;
    static_cast<void>(door.put(1, {visit("3")}));
    for (std::size_t i = 0; i < kNamedAddressesMax; ++i) {
        std::vector<Submission> events{visit("3")};
        static_cast<void>(door.named.take_back({std::to_string(i), Hash256{1}, ""}, events));
    }
    CHECK(door.put(2, {visit("4")}).size() == 2);
    for (std::size_t i = 0; i < 2 * kNamedAddressesMax; ++i) {
        std::vector<Submission> events{visit("3")};
        static_cast<void>(door.named.take_back({std::to_string(i), Hash256{1}, ""}, events));
    }
    CHECK(door.put(3, {visit("5")}).size() == 1);
}
