// The life of a visit beside arrival and discharge: plans, tracking, leaves, their cancels.
#include "adapters/clinic/test_site.hpp"
#include "hub/base/zone_database.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

const std::string kEvn = "EVN||20260709115900|||op|20260709113000";
const std::string kPid = "PID|1||7001^^^NORTH^MR||DOE^JANE^^^^^L||19800115|F";
const std::string kPv1 = segment("PV1", {{1, "1"}, {3, "WARD1"}, {6, "ED"}, {19, "V9^^^NORTH"}});
const std::string kPv2 = segment("PV2", {{8, "20260720"}, {9, "202607121500"}, {47, "20260711"}});

std::string msh(std::string_view trigger) {
    return "MSH|^~\\&|EHR|NORTH|HUB|COUNTY|20260709120000||ADT^" + std::string(trigger) +
           "|M1|P|2.5.1";
}

Submission only_event(std::string_view trigger, const std::string& visit = kPv1) {
    const Reading reading = read(message_of({msh(trigger), kEvn, kPid, visit, kPv2}));
    INFO(trigger);
    REQUIRE(reading.parsed.events.size() == 1);
    return reading.parsed.events[0];
}

const EncounterClaim& encounter(const Submission& event) {
    return std::get<EncounterClaim>(event.payload);
}

}  // namespace

TEST_CASE("each trigger of a visit is the kind the standard gives it", "[clinic][adt]") {
    const std::pair<const char*, EventKind> table[] = {
        {"A05", EventKind::AdmissionPlanned},       {"A09", EventKind::EncounterTransferred},
        {"A10", EventKind::EncounterTransferred},   {"A12", EventKind::EncounterTransferCancelled},
        {"A14", EventKind::AdmissionPlanned},       {"A16", EventKind::DischargePlanned},
        {"A21", EventKind::LeaveStarted},           {"A22", EventKind::LeaveEnded},
        {"A25", EventKind::DischargePlanCancelled}, {"A27", EventKind::AdmissionPlanCancelled},
        {"A38", EventKind::AdmissionPlanCancelled}, {"A52", EventKind::LeaveStartCancelled},
        {"A53", EventKind::LeaveEndCancelled}};
    for (const auto& [trigger, kind] : table) {
        INFO(trigger);
        const Submission event = only_event(trigger);
        CHECK(event.kind == kind);
        CHECK(event.business_key == "northside|NORTH|V9");
        CHECK(event.occurred_at == utc("2026-07-09T15:30:00Z"));  // EVN-6
        CHECK(event.recorded_at == utc("2026-07-09T15:59:00Z"));
        CHECK(encounter(event).visit_number == "V9");
        CHECK(encounter(event).start == kUnknownTime);
        CHECK(encounter(event).end == kUnknownTime);
        CHECK_FALSE(event.correction);
    }
}

TEST_CASE("what is planned is told with the field of PV2 that is its own", "[clinic][adt]") {
    const UtcTime admission = utc("2026-07-20T04:00:00Z");
    CHECK(encounter(only_event("A05")).planned == admission);
    CHECK(encounter(only_event("A14")).planned == admission);
    CHECK(encounter(only_event("A38")).planned == admission);
    CHECK(encounter(only_event("A16")).planned == utc("2026-07-12T19:00:00Z"));
    CHECK(encounter(only_event("A25")).planned == utc("2026-07-12T19:00:00Z"));
    CHECK(encounter(only_event("A21")).planned == utc("2026-07-11T04:00:00Z"));
    CHECK(encounter(only_event("A12")).planned == kUnknownTime);
    CHECK(only_event("A05").time_flags.has(TimeFlag::DateOnly));
    CHECK(encounter(only_event("A05")).encounter_class == EncounterClass::PreAdmit);
    CHECK(encounter(only_event("A16")).encounter_class == EncounterClass::Unknown);
}

TEST_CASE("a planned admission without visit number is known by the day it is planned for",
          "[clinic][adt]") {
    CHECK(only_event("A05", "PV1|1|P").business_key == "northside|NORTH|7001|2026-07-20");
}

TEST_CASE("tracking tells where to and where from in fields of its own", "[clinic][adt]") {
    const std::string away = segment(
        "PV1", {{3, "WARD1"}, {6, "ED"}, {11, "XRAY"}, {19, "V9"}, {42, "WARD2"}, {43, "LAB"}});
    CHECK(encounter(only_event("A09", away)).location.id == "WARD2");
    CHECK(encounter(only_event("A09", away)).prior_location.id == "ED");
    CHECK(encounter(only_event("A10", away)).location.id == "XRAY");
    const std::string leaving = segment("PV1", {{3, "WARD1"}, {11, "XRAY"}, {19, "V9"}});
    CHECK(encounter(only_event("A09", leaving)).location.id == "XRAY");
    CHECK(encounter(only_event("A09", leaving)).prior_location.id == "WARD1");
    const std::string untold = segment("PV1", {{3, "WARD1"}, {19, "V9"}});
    CHECK(encounter(only_event("A09", untold)).location.id == "WARD1");
    CHECK(encounter(only_event("A09", untold)).prior_location.id.empty());
    CHECK(encounter(only_event("A12")).location.id == "WARD1");
    CHECK(encounter(only_event("A12")).prior_location.id == "ED");
}

TEST_CASE("a person may be added, changed and removed without any visit", "[clinic][adt]") {
    const std::string visit = segment("PV1", {{2, "I"}, {19, "V9"}, {45, "202607091000"}});
    CHECK(only_event("A28", visit).kind == EventKind::PersonUpserted);
    CHECK(only_event("A31", visit).kind == EventKind::PersonUpserted);
    const Submission removed = only_event("A29", visit);
    CHECK(removed.kind == EventKind::PersonDeleted);
    CHECK(std::get<PersonClaim>(removed.payload) == PersonClaim{});
    CHECK(removed.business_key == "northside|NORTH|7001");
}

TEST_CASE("purging records and the rarer changes are kept and told, not acted on",
          "[clinic][adt]") {
    for (const std::string trigger : {"A23", "A41", "A43", "A47", "A51"}) {
        INFO(trigger);
        const Reading reading = read(message_of({msh(trigger), kEvn, kPid, kPv1}));
        CHECK(reading.disposal == Disposal::NotActedOn);
        CHECK(has_finding(reading, "MSH-9.2"));
    }
}

TEST_CASE("a sender's own codes come before the tables", "[clinic][adt]") {
    Site site = test_site();
    site.encounter_classes["IN"] = EncounterClass::Inpatient;
    site.dispositions["9"] = Disposition::Home;
    const std::string visit =
        segment("PV1", {{2, "in"}, {19, "V9"}, {36, "9"}, {45, "202607091000"}});
    const Reading reading = read(message_of({msh("A03"), kEvn, kPid, visit}), site);
    CHECK(encounter(reading.parsed.events.at(0)).encounter_class == EncounterClass::Inpatient);
    CHECK(encounter(reading.parsed.events.at(0)).disposition == Disposition::Home);
    CHECK(reading.parsed.findings.empty());
}

TEST_CASE("times without offset are read by the clock of the place", "[clinic][adt]") {
    Site site = test_site();
    auto mountain = load_zone("America/Denver");
    REQUIRE(mountain);
    site.zones["WEST"] = *mountain;
    const std::string visit =
        segment("PV1", {{2, "I"}, {3, "WARD1^^^WEST"}, {19, "V9"}, {44, "202607091130"}});
    const Reading reading = read(message_of({msh("A01"), kEvn, kPid, visit}), site);
    CHECK(reading.parsed.events.at(0).zone == "America/Denver");
    CHECK(reading.parsed.events.at(0).occurred_at == utc("2026-07-09T17:30:00Z"));
    // MSH and EVN are dated by whoever speaks, wherever that is about.
    CHECK(reading.parsed.events.at(0).recorded_at == utc("2026-07-09T15:59:00Z"));
    CHECK(reading.made == utc("2026-07-09T16:00:00Z"));
    const Reading moved = read(
        message_of({msh("A02"), kEvn, kPid, segment("PV1", {{3, "WARD1^^^WEST"}, {19, "V9"}})}),
        site);
    CHECK(moved.parsed.events.at(0).occurred_at == utc("2026-07-09T15:30:00Z"));
    std::string west = msh("A02");
    west.replace(west.find("NORTH"), 5, "WEST");
    const Reading spoken_there = read(message_of({west, kEvn, kPid, kPv1}), site);
    CHECK(spoken_there.made == utc("2026-07-09T18:00:00Z"));
}

TEST_CASE("a second patient or visit in a message of one is told", "[clinic][adt]") {
    const Reading reading = read(message_of(
        {"MSH|^~\\&|EPIC|NORTH|HUB|COUNTY|20261201090000||ADT^A03|1|P|2.5.1", "EVN||20261123140000",
         "PID|||1001^^^NORTH^MR", "PV1||I", "PID|||1002^^^NORTH^MR", "PV1||I"}));
    CHECK(reading.parsed.events.size() == 1);
    CHECK(has_finding(reading, "PID"));
    CHECK(has_finding(reading, "PV1"));
}

TEST_CASE("an event that no field dates is refused at the field that is unreadable",
          "[clinic][adt]") {
    const Reading reading =
        read(message_of({"MSH|^~\\&|EPIC|NORTH|HUB|COUNTY|bad||ADT^A03|1|P|2.5.1", "EVN||bad",
                         "PID|||1001^^^NORTH^MR", segment("PV1", {{2, "I"}, {45, "20261332"}})}));
    REQUIRE(reading.problem);
    CHECK(reading.problem->condition == hl7::Condition::DataType);
    CHECK(reading.problem->where == hl7::Location{"PV1", 45, 1});
}

TEST_CASE("each arrival on a recurring account is when it is told, not when that was opened",
          "[clinic][adt]") {
    const auto begins = [](std::string_view patient_class, std::string_view opened) {
        const Submission event =
            only_event("A04", segment("PV1", {{2, patient_class}, {19, "R9"}, {44, opened}}));
        CHECK(event.occurred_at == encounter(event).start);
        return encounter(event).start;
    };
    const UtcTime told = utc("2026-07-09T15:30:00Z");
    CHECK(begins("R", "20260601080000") == told);
    CHECK(begins("R", "20260709110000") == utc("2026-07-09T15:00:00Z"));
    CHECK(begins("O", "20260601080000") == utc("2026-06-01T12:00:00Z"));
}
