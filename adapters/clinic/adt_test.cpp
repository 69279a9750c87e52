#include "adapters/clinic/hl7/acknowledgment.hpp"
#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

std::string msh(std::string_view trigger, std::string_view processing = "P") {
    return "MSH|^~\\&|EHR|NORTH|HUB|COUNTY|20260709120000||ADT^" + std::string(trigger) + "|M1|" +
           std::string(processing) + "|2.5.1";
}

const std::string kEvn = "EVN||20260709115900|||op|20260709113000";
const std::string kPid = "PID|1||7001^^^NORTH^MR||DOE^JANE^^^^^L||19800115|F";

/// A visit as most senders show it: class, place, number, start.
std::string pv1(std::string_view patient_class = "I") {
    return segment("PV1", {{1, "1"},
                           {2, patient_class},
                           {3, "WARD1^12^A^MAIN"},
                           {6, "ED^1"},
                           {19, "V9^^^NORTH"},
                           {44, "202607091130"}});
}
std::string pv1_ended(std::string_view disposition, std::string_view patient_class = "I") {
    return segment("PV1", {{1, "1"},
                           {2, patient_class},
                           {3, "WARD1"},
                           {19, "V9^^^NORTH"},
                           {36, disposition},
                           {37, "SNF7"},
                           {44, "202607011130"},
                           {45, "202607091000"}});
}

Reading read_adt(std::string_view trigger, const std::string& visit) {
    return read(message_of({msh(trigger), kEvn, kPid, visit}));
}

const EncounterClaim& encounter(const Submission& event) {
    return std::get<EncounterClaim>(event.payload);
}

}  // namespace

TEST_CASE("A01 starts an inpatient encounter when PV1-44 says", "[clinic][adt]") {
    const Reading reading = read_adt("A01", pv1());
    REQUIRE(reading.parsed.events.size() == 1);
    const Submission& event = reading.parsed.events[0];
    CHECK(event.kind == EventKind::EncounterStarted);
    CHECK(event.feed == "northside");
    CHECK(event.business_key == "northside|NORTH|V9");
    CHECK(event.identifiers == std::vector<Identifier>{{"NORTH", "MR", "7001"}});
    CHECK(event.occurred_at == utc("2026-07-09T15:30:00Z"));
    CHECK(event.occurred_precision == Precision::Minute);
    CHECK(event.recorded_at == utc("2026-07-09T15:59:00Z"));
    CHECK(event.zone == "America/New_York");
    CHECK_FALSE(event.correction);
    CHECK(encounter(event).visit_number == "V9");
    CHECK(encounter(event).encounter_class == EncounterClass::Inpatient);
    CHECK(encounter(event).start == event.occurred_at);
    CHECK(encounter(event).location.id == "WARD1");
    CHECK(encounter(event).facility == "NORTH");
    CHECK(encounter(event).disposition == Disposition::Unset);
}

TEST_CASE("A04 is an arrival in the class told", "[clinic][adt]") {
    CHECK(encounter(read_adt("A04", pv1("E")).parsed.events.at(0)).encounter_class ==
          EncounterClass::Emergency);
    CHECK(encounter(read_adt("A04", pv1("")).parsed.events.at(0)).encounter_class ==
          EncounterClass::Outpatient);
    const Reading odd = read_adt("A04", pv1("99"));
    CHECK(encounter(odd.parsed.events.at(0)).encounter_class == EncounterClass::Outpatient);
    CHECK(has_finding(odd, "PV1-2"));
}

TEST_CASE("a stay that has begun is no pre-admission", "[clinic][adt]") {
    const Reading admitted = read_adt("A01", pv1("P"));
    CHECK(encounter(admitted.parsed.events.at(0)).encounter_class == EncounterClass::Inpatient);
    CHECK(has_finding(admitted, "PV1-2"));
    CHECK(encounter(read_adt("A04", pv1("P")).parsed.events.at(0)).encounter_class ==
          EncounterClass::Outpatient);
    CHECK(encounter(read_adt("A05", pv1("P")).parsed.events.at(0)).encounter_class ==
          EncounterClass::PreAdmit);
}

TEST_CASE("A02 moves the patient when the event says, not when the stay began", "[clinic][adt]") {
    const Submission event = read_adt("A02", pv1()).parsed.events.at(0);
    CHECK(event.kind == EventKind::EncounterTransferred);
    CHECK(event.occurred_at == utc("2026-07-09T15:30:00Z"));  // EVN-6
    CHECK(encounter(event).location.id == "WARD1");
    CHECK(encounter(event).prior_location.id == "ED");
}

TEST_CASE("A06 and A07 change the class and end nothing", "[clinic][adt]") {
    const Submission in = read_adt("A06", pv1("O")).parsed.events.at(0);
    CHECK(in.kind == EventKind::EncounterClassChanged);
    CHECK(encounter(in).encounter_class == EncounterClass::Inpatient);
    const Submission out = read_adt("A07", pv1("I")).parsed.events.at(0);
    CHECK(out.kind == EventKind::EncounterClassChanged);
    CHECK(encounter(out).encounter_class == EncounterClass::Outpatient);
    CHECK(encounter(out).end == kUnknownTime);
}

TEST_CASE("A03 ends the encounter with its disposition", "[clinic][adt]") {
    const Submission event = read_adt("A03", pv1_ended("03")).parsed.events.at(0);
    CHECK(event.kind == EventKind::EncounterEnded);
    CHECK(event.occurred_at == utc("2026-07-09T14:00:00Z"));
    CHECK(encounter(event).end == event.occurred_at);
    CHECK(encounter(event).start == utc("2026-07-01T15:30:00Z"));
    CHECK(encounter(event).disposition == Disposition::Snf);
    CHECK(encounter(event).discharged_to == "SNF7");
}

TEST_CASE("discharge dispositions are those of UB-04", "[clinic][adt]") {
    const std::pair<const char*, Disposition> table[] = {
        {"01", Disposition::Home},          {"1", Disposition::Home},
        {"07", Disposition::AgainstAdvice}, {"21", Disposition::Custody},
        {"65", Disposition::Psychiatric},   {"51", Disposition::Hospice},
        {"62", Disposition::Rehab},         {"63", Disposition::LongTerm},
        {"06", Disposition::HomeHealth},    {"81", Disposition::Home},
        {"87", Disposition::OtherFacility}, {"70", Disposition::Other}};
    for (const auto& [code, expected] : table) {
        INFO(code);
        CHECK(encounter(read_adt("A03", pv1_ended(code)).parsed.events.at(0)).disposition ==
              expected);
    }
}

TEST_CASE("an unmapped disposition is unknown and found", "[clinic][adt]") {
    const Reading reading = read_adt("A03", pv1_ended("ZZ"));
    CHECK(encounter(reading.parsed.events.at(0)).disposition == Disposition::Unknown);
    CHECK(has_finding(reading, "PV1-36"));
}

TEST_CASE("still a patient is no discharge", "[clinic][adt]") {
    const Reading reading = read_adt("A03", pv1_ended("30"));
    CHECK(reading.disposal == Disposal::NotActedOn);
    CHECK(has_finding(reading, "PV1-36"));
}

TEST_CASE("a discharge by death is an end and a death", "[clinic][adt]") {
    const std::string dead =
        segment("PID", {{1, "1"}, {3, "7001^^^NORTH^MR"}, {29, "202607090955"}, {30, "Y"}});
    const Reading reading = read(message_of({msh("A03"), kEvn, dead, pv1_ended("")}));
    REQUIRE(reading.parsed.events.size() == 2);
    CHECK(encounter(reading.parsed.events[0]).disposition == Disposition::Deceased);
    const Submission& death = reading.parsed.events[1];
    CHECK(death.kind == EventKind::ClientDeceased);
    CHECK(death.occurred_at == utc("2026-07-09T13:55:00Z"));
    CHECK(std::get<PersonClaim>(death.payload).deceased_at == death.occurred_at);
    CHECK(std::get<PersonClaim>(death.payload).names.empty());
    CHECK(read_adt("A03", pv1_ended("20")).parsed.events.size() == 2);
}

TEST_CASE("A08 tells the person and restates the visit it shows", "[clinic][adt]") {
    const Reading reading = read_adt("A08", pv1_ended("01"));
    REQUIRE(reading.parsed.events.size() == 2);
    const auto& person = std::get<PersonClaim>(reading.parsed.events[0].payload);
    CHECK(reading.parsed.events[0].kind == EventKind::PersonUpserted);
    CHECK(person.names == std::vector<PersonName>{{"DOE", "JANE", "L"}});
    CHECK(person.birth == parse_iso_date("1980-01-15"));
    CHECK(person.sex == Sex::Female);
    const Submission& restated = reading.parsed.events[1];
    CHECK(restated.kind == EventKind::EncounterEnded);
    CHECK(restated.correction);
    CHECK(restated.business_key == "northside|NORTH|V9");
    CHECK(encounter(restated).disposition == Disposition::Home);
}

TEST_CASE("an end that lies ahead in A08 is a plan", "[clinic][adt]") {
    const auto shown = [](std::string_view end, std::string_view disposition) {
        return read_adt("A08", segment("PV1", {{2, "I"},
                                               {19, "V9^^^NORTH"},
                                               {36, disposition},
                                               {44, "202607081130"},
                                               {45, end}}));
    };
    for (const char* disposition : {"", "30", "01"}) {
        const Reading reading = shown("202607121100", disposition);
        REQUIRE(reading.parsed.events.size() == 2);
        const Submission& planned = reading.parsed.events[1];
        CHECK(planned.kind == EventKind::DischargePlanned);
        CHECK_FALSE(planned.correction);
        CHECK(planned.occurred_at == utc("2026-07-09T15:30:00Z"));
        CHECK(encounter(planned).planned == utc("2026-07-12T15:00:00Z"));
        CHECK(encounter(planned).start == utc("2026-07-08T15:30:00Z"));
        CHECK(encounter(planned).end == kUnknownTime);
        CHECK(encounter(planned).disposition == Disposition::Unset);
    }
    // Clocks differ: the message was made at 12:00.
    CHECK(shown("202607091204", "").parsed.events.at(1).kind == EventKind::EncounterEnded);
    const Reading stays = shown("202607091000", "30");
    CHECK(stays.parsed.events.at(1).kind == EventKind::EncounterStarted);
    CHECK(has_finding(stays, "PV1-45"));
}

TEST_CASE("an update without disposition leaves the one that is known", "[clinic][adt]") {
    CHECK(encounter(read_adt("A08", pv1_ended("")).parsed.events.at(1)).disposition ==
          Disposition::Unset);
    CHECK(encounter(read_adt("A08", pv1_ended("ZZ")).parsed.events.at(1)).disposition ==
          Disposition::Unknown);
    CHECK(encounter(read_adt("A03", pv1_ended("")).parsed.events.at(0)).disposition ==
          Disposition::Unknown);
}

TEST_CASE("who is said to live was told dead in error", "[clinic][adt]") {
    const auto read_as = [](std::string_view trigger, std::string_view indicator) {
        const std::string pid = segment("PID", {{3, "7001^^^NORTH^MR"}, {30, indicator}});
        return read(message_of({msh(trigger), kEvn, pid, pv1()})).parsed.events;
    };
    for (const char* trigger : {"A08", "A13", "A31"}) {
        for (const char* indicator : {"N", "\"\""}) {
            const std::vector<Submission> events = read_as(trigger, indicator);
            const Submission& last = events.back();
            CHECK(last.kind == EventKind::ClientDeceased);
            CHECK(last.correction);
            CHECK(std::get<PersonClaim>(last.payload) == PersonClaim{});
            CHECK(last.occurred_at == utc("2026-07-09T15:30:00Z"));
            CHECK(last.recorded_at == utc("2026-07-09T15:59:00Z"));
            CHECK(last.business_key == "northside|NORTH|7001");
        }
        CHECK(read_as(trigger, "").back().kind != EventKind::ClientDeceased);
    }
    CHECK(read_as("A01", "N").size() == 1);
    CHECK_FALSE(read_as("A08", "Y").back().correction);
}

TEST_CASE("a filler in place of a visit number is none", "[clinic][adt]") {
    for (const char* filler : {"0", "NULL", "Unknown"}) {
        const Reading reading =
            read_adt("A01", segment("PV1", {{2, "I"}, {19, filler}, {44, "202607091130"}}));
        CHECK(encounter(reading.parsed.events.at(0)).visit_number.empty());
        CHECK(reading.parsed.events.at(0).business_key == "northside|NORTH|7001|2026-07-09");
        CHECK(has_finding(reading, "PV1-19"));
    }
    const std::string pid = segment("PID", {{3, "7001^^^NORTH^MR"}, {18, "ACC5^^^NORTH"}});
    CHECK(read(message_of({msh("A01"), pid, segment("PV1", {{2, "I"}, {19, "0"}})}))
              .parsed.events.at(0)
              .business_key == "northside|NORTH|ACC5");
}

TEST_CASE("without EVN-2 an event was recorded when its message was made", "[clinic][adt]") {
    const Reading reading = read(message_of({msh("A01"), kPid, pv1()}));
    CHECK(reading.parsed.events.at(0).recorded_at == utc("2026-07-09T16:00:00Z"));
    CHECK(reading.made == utc("2026-07-09T16:00:00Z"));
}

TEST_CASE("A08 during a stay restates its start without inventing one", "[clinic][adt]") {
    const Reading shown = read_adt("A08", pv1());
    CHECK(shown.parsed.events.at(1).kind == EventKind::EncounterStarted);
    CHECK(shown.parsed.events.at(1).correction);
    const Reading bare = read_adt("A08", segment("PV1", {{2, "I"}, {19, "V9"}}));
    CHECK(encounter(bare.parsed.events.at(1)).start == kUnknownTime);
    CHECK(read_adt("A08", "PV1|1").parsed.events.size() == 1);
}

TEST_CASE("PV1-2 N makes PV1 filler", "[clinic][adt]") {
    for (const char* trigger : {"A01", "A04", "A08"}) {
        const Reading reading = read_adt(trigger, pv1_ended("20", "N"));
        REQUIRE(reading.parsed.events.size() == 1);
        CHECK(reading.parsed.events[0].kind == EventKind::PersonUpserted);
    }
}

TEST_CASE("A11 and A13 cancel by their trigger, whatever PV1 still carries", "[clinic][adt]") {
    const Submission start = read_adt("A11", pv1()).parsed.events.at(0);
    CHECK(start.kind == EventKind::EncounterStartCancelled);
    CHECK(start.correction);
    const Reading back = read_adt("A13", pv1_ended("20"));
    REQUIRE(back.parsed.events.size() == 1);
    CHECK(back.parsed.events[0].kind == EventKind::EncounterEndCancelled);
    CHECK(back.parsed.events[0].correction);
    CHECK(back.parsed.events[0].occurred_at == utc("2026-07-09T15:30:00Z"));
    CHECK(encounter(back.parsed.events[0]).end == kUnknownTime);
    CHECK(encounter(back.parsed.events[0]).disposition == Disposition::Unset);
}

TEST_CASE("a minimal notice needs no EVN, visit number, place or class", "[clinic][adt]") {
    const Reading reading = read(message_of({msh("A01"), "PID|1||7001"}));
    REQUIRE(reading.parsed.events.size() == 1);
    const Submission& event = reading.parsed.events[0];
    CHECK(event.occurred_at == utc("2026-07-09T16:00:00Z"));  // MSH-7
    CHECK(event.business_key == "northside|CLINIC|7001|2026-07-09");
    CHECK(event.identifiers == std::vector<Identifier>{{"CLINIC", "MR", "7001"}});
    CHECK(encounter(event).visit_number.empty());
    CHECK(encounter(event).encounter_class == EncounterClass::Inpatient);
}

TEST_CASE("identifiers keep leading zeros, authorities and order, each once", "[clinic][adt]") {
    const std::string pid = "PID|1|0042|007^^^N&1.2.3&ISO^PI~007^^^N&1.2.3&ISO^PI~9^^^SSA^SS|0042";
    const auto ids = read(message_of({msh("A04"), pid})).parsed.events.at(0).identifiers;
    CHECK(ids == std::vector<Identifier>{
                     {"1.2.3", "PI", "007"}, {"SSA", "SS", "9"}, {"CLINIC", "MR", "0042"}});
}

TEST_CASE("a filler in place of an identifier is none", "[clinic][adt]") {
    for (const char* filler : {"0", "000", "NULL", "n/a", "Unknown", "-"}) {
        const Reading reading = read(message_of({msh("A01"), kPid, "PV1|1|I"}));
        const std::string pid = "PID|1||7001^^^NORTH^MR|" + std::string(filler);
        const Reading filled = read(message_of({msh("A01"), pid, "PV1|1|I"}));
        CHECK(filled.parsed.events.at(0).identifiers == reading.parsed.events.at(0).identifiers);
        CHECK(read(message_of({msh("A01"), "PID|1||" + std::string(filler), "PV1|1|I"})).disposal ==
              Disposal::Refused);
    }
}

TEST_CASE("an account number stands in for a missing visit number", "[clinic][adt]") {
    const std::string pid = segment("PID", {{3, "7001^^^NORTH^MR"}, {18, "ACC5^^^NORTH"}});
    CHECK(read(message_of({msh("A01"), pid, "PV1|1|I"})).parsed.events.at(0).business_key ==
          "northside|NORTH|ACC5");
}

TEST_CASE("an impossible time refuses the field and not the event", "[clinic][adt]") {
    const Reading reading =
        read_adt("A01", segment("PV1", {{2, "I"}, {19, "V9"}, {44, "20260230"}}));
    CHECK(reading.disposal == Disposal::Events);
    CHECK(reading.parsed.events.at(0).occurred_at == utc("2026-07-09T15:30:00Z"));  // EVN-6
    CHECK(has_finding(reading, "PV1-44.1"));
}

TEST_CASE("a birth date is the printed date, and a partial one none", "[clinic][adt]") {
    const auto born = [](std::string_view text) {
        const Reading reading =
            read(message_of({msh("A08"), "PID|1||7||DOE||" + std::string(text)}));
        return std::get<PersonClaim>(reading.parsed.events.at(0).payload).birth;
    };
    CHECK(born("19890118233000+0000") == parse_iso_date("1989-01-18"));
    CHECK_FALSE(born("1989"));
    CHECK_FALSE(born("Aug 15, 1942"));
}

TEST_CASE("of a young patient a discharge tells the age, of others nothing", "[clinic][adt]") {
    const auto age = [](std::string_view trigger, std::string_view birth) {
        const Reading reading =
            read(message_of({msh(trigger), "PID|1||7||DOE||" + std::string(birth),
                             segment("PV1", {{2, "E"}, {19, "V9"}, {45, "20260710230000"}})}));
        return encounter(reading.parsed.events.at(0)).age;
    };
    CHECK(age("A03", "20140710") == 12);
    CHECK(age("A03", "20140711") == 11);  // the day is that of the place, not of UTC
    CHECK(age("A03", "20260710") == 0);
    CHECK(age("A03", "20080711") == 17);
    CHECK_FALSE(age("A03", "20080710"));
    CHECK_FALSE(age("A03", "20260711"));
    CHECK_FALSE(age("A03", "2014"));
    CHECK_FALSE(age("A03", ""));
    CHECK_FALSE(age("A01", "20140710"));
}

TEST_CASE("an ADT without identifier is refused with its place", "[clinic][adt]") {
    for (const char* pid : {"PID|1||||DOE^JANE", "PID|1||\"\"", "PV1|1|I"}) {
        const Reading reading = read(message_of({msh("A01"), pid}));
        REQUIRE(reading.disposal == Disposal::Refused);
        CHECK(reading.problem->reason == RefusalReason::MissingField);
        CHECK(reading.parsed.refusals.at(0).refusal.field == "PID-3");
    }
}

TEST_CASE("an event that nothing dates is refused", "[clinic][adt]") {
    const Reading reading =
        read(message_of({"MSH|^~\\&|EHR|NORTH|||2026||ADT^A08|M1|P|2.5", kPid}));
    REQUIRE(reading.disposal == Disposal::Refused);
    CHECK(reading.problem->reason == RefusalReason::TimeUnresolvable);
}

TEST_CASE("ids tell the events of a message apart, and messages that repeat a control id",
          "[clinic][adt]") {
    const Reading one = read_adt("A08", pv1());
    REQUIRE(one.parsed.events.size() == 2);
    const std::string id = one.parsed.events[0].source_msg_id;
    CHECK(id.rfind("EHR|NORTH|M1|", 0) == 0);
    CHECK(id.size() == std::string("EHR|NORTH|M1|").size() + 16 + 2);
    CHECK(id.substr(id.size() - 2) == "/1");
    CHECK(one.parsed.events[1].source_msg_id == id.substr(0, id.size() - 1) + "2");
    CHECK(read_adt("A08", pv1()).parsed.events == one.parsed.events);
    CHECK(read_adt("A08", pv1("O")).parsed.events[0].source_msg_id != id);
}

TEST_CASE("test messages need the feed's leave", "[clinic][adt]") {
    const std::string message = message_of({msh("A01", "T"), kPid});
    const Reading reading = read(message);
    REQUIRE(reading.disposal == Disposal::Refused);
    CHECK(reading.problem->condition == hl7::Condition::UnsupportedProcessingId);
    Site site = test_site();
    site.allow_test = true;
    CHECK(read(message, site).disposal == Disposal::Events);
}

TEST_CASE("neither half of a message in fragments is taken for the whole", "[clinic][adt]") {
    const Reading begun = read(message_of({msh("A01"), "EVN|A01|20260709", kPid, "DSC|CONT1|F"}));
    REQUIRE(begun.problem);
    CHECK(begun.problem->where == hl7::Location{"DSC"});
    CHECK(hl7::verdict_of(*begun.problem) == hl7::Verdict::Reject);
    const Reading rest = read(message_of({msh("A01") + "||CONT1", kPid}));
    REQUIRE(rest.problem);
    CHECK(rest.problem->where == hl7::Location{"MSH", 14});
}

TEST_CASE("triggers outside the list are accepted or rejected as the site says", "[clinic][adt]") {
    const std::string allergy = message_of({msh("A60"), kPid, "IAM|1"});
    CHECK(read(allergy).disposal == Disposal::NotActedOn);
    Site strict = test_site();
    strict.unknown = UnknownTrigger::Reject;
    CHECK(read(allergy, strict).problem->condition == hl7::Condition::UnsupportedEvent);
    const std::string result = message_of({"MSH|^~\\&|LAB|N|||20260709||ORU^R01|1|P|2.5", kPid});
    CHECK(read(result).disposal == Disposal::NotActedOn);
    CHECK(read(result, strict).problem->condition == hl7::Condition::UnsupportedMessageType);
}

TEST_CASE("EVN-1 is never taken for the trigger", "[clinic][adt]") {
    const Reading reading = read(message_of({msh("A04"), "EVN|A03|20260709", kPid, pv1("O")}));
    CHECK(reading.parsed.events.at(0).kind == EventKind::EncounterStarted);
}

TEST_CASE("a place or the whole feed may carry labels", "[clinic][adt]") {
    Site site = test_site();
    site.labels["WARD1"].add(SecurityLabel::Part2);
    site.labels["*"].add(SecurityLabel::MentalHealth);
    const Labels labels =
        read(message_of({msh("A01"), kPid, pv1()}), site).parsed.events.at(0).labels;
    CHECK(labels.has(SecurityLabel::Part2));
    CHECK(labels.has(SecurityLabel::MentalHealth));
}

TEST_CASE("refusals and findings never repeat what the message holds", "[clinic][adt]") {
    const Reading reading = read(message_of(
        {msh("A08"), "EVN||SECRETVALUE", "PID|1||7001^^^NORTH||SECRETVALUE||SECRETVALUE",
         segment("PV1", {{2, "SECRETVALUE"}, {36, "SECRETVALUE"}, {44, "SECRETVALUE"}})}));
    CHECK_FALSE(reading.parsed.findings.empty());
    for (const adapters::Finding& finding : reading.parsed.findings) {
        CHECK(finding.what.find("SECRETVALUE") == std::string::npos);
    }
}

TEST_CASE("where a patient comes from is as protected as where she is", "[clinic][adt]") {
    Site site = test_site();
    site.labels["ED"].add(SecurityLabel::Part2);
    for (const std::string trigger : {"A02", "A08", "A31"}) {
        INFO(trigger);
        const Reading reading = read(message_of({msh(trigger), kEvn, kPid, pv1()}), site);
        CHECK(reading.parsed.events.at(0).labels.has(SecurityLabel::Part2));
    }
}

TEST_CASE("a death is told even where the bill says still a patient", "[clinic][adt]") {
    const std::string dead = segment("PID", {{3, "7001^^^NORTH^MR"}, {30, "Y"}});
    const Reading reading = read(message_of({msh("A03"), kEvn, dead, pv1_ended("30")}));
    REQUIRE(reading.parsed.events.size() == 1);
    CHECK(reading.parsed.events[0].kind == EventKind::ClientDeceased);
}

TEST_CASE("an event's id is text that the hub takes, whatever the control id holds",
          "[clinic][adt]") {
    const auto id_of = [](const std::string& control) {
        const std::string header = "MSH|^~\\&|EHR|NORTH|HUB|COUNTY|20260709120000||ADT^A01|" +
                                   control + "|P|2.5.1|||||||UNICODE UTF-8";
        return read(message_of({header, kPid, pv1()})).parsed.events.at(0).source_msg_id;
    };
    CHECK(id_of(std::string("N\0U\x01", 4)).starts_with("EHR|NORTH|N?U?|"));
    // Cut within its bound, and never within a character.
    const std::string odd = "x" + [] {
        std::string umlauts;
        for (int i = 0; i < 100; ++i) {
            umlauts += "\xC3\xBC";
        }
        return umlauts;
    }();
    CHECK(id_of(odd).starts_with("EHR|NORTH|" + odd.substr(0, 127) + "|"));
}
