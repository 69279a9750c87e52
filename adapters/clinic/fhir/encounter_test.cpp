// What each Encounter of FHIR R4 (section 8.11) says, expected by the standard's own words.
#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;

namespace {

const EncounterClaim& claim_of(const Submission& event) {
    return std::get<EncounterClaim>(event.payload);
}

constexpr const char* kTimes =
    "'meta':{'lastUpdated':'2026-07-10T09:00:00Z'},"
    "'period':{'start':'2026-07-08T22:00:00-04:00','end':'2026-07-10T08:00:00Z'},";
constexpr const char* kStart = "'period':{'start':'2026-07-08T22:00:00-04:00'},";

}  // namespace

TEST_CASE("each status says what happened to the stay", "[clinic][fhir]") {
    struct Row {
        const char* status;
        EventKind kind;
        const char* occurred;
    };
    const char* began = "2026-07-09T02:00:00Z";
    const char* said = "2026-07-10T09:00:00Z";
    const Row rows[] = {{"planned", EventKind::AdmissionPlanned, said},
                        {"arrived", EventKind::EncounterStarted, began},
                        {"triaged", EventKind::EncounterStarted, began},
                        {"in-progress", EventKind::EncounterStarted, began},
                        {"onleave", EventKind::LeaveStarted, said},
                        {"finished", EventKind::EncounterEnded, "2026-07-10T08:00:00Z"},
                        {"cancelled", EventKind::EncounterStartCancelled, said},
                        {"entered-in-error", EventKind::EncounterStartCancelled, said}};
    for (const Row& row : rows) {
        INFO(row.status);
        const Reading reading = read_text(encounter(row.status, kTimes));
        check_ending(reading);
        const Submission event = only_event(reading);
        CHECK(event.kind == row.kind);
        CHECK(event.occurred_at == utc(row.occurred));
        CHECK(event.correction == (row.kind == EventKind::EncounterStartCancelled));
        CHECK(claim_of(event).encounter_class == EncounterClass::Inpatient);
        CHECK(claim_of(event).visit_number == "e1");
        CHECK(claim_of(event).facility == "northside");
        CHECK(event.business_key == "northside|CLINIC|e1");
        CHECK(event.recorded_at == utc(said));
    }
    CHECK(read_text(encounter("unknown", kTimes)).disposal == Disposal::NotActedOn);
}

TEST_CASE("of a young patient the end tells the age", "[clinic][fhir]") {
    const auto age = [](std::string_view birth) {
        return claim_of(
                   only_event(read_text(
                       "{'resourceType':'Encounter','id':'e1','contained':[{'resourceType':"
                       "'Patient','id':'p','identifier':[{'system':'urn:oid:1.2.3','value':'7'}],"
                       "'birthDate':'" +
                       std::string(birth) + "'}]," + kTimes +
                       "'status':'finished','class':{'code':'EMER'},'subject':{'reference':"
                       "'#p'}}")))
            .age;
    };
    CHECK(age("2014-07-10") == 12);
    CHECK(age("2014-07-11") == 11);
    CHECK_FALSE(age("2014-07"));
    CHECK_FALSE(age("1980-01-01"));
}

TEST_CASE("only an end has an end, and a plan has only its plan", "[clinic][fhir]") {
    const Reading running = read_text(encounter("in-progress", kTimes));
    CHECK(claim_of(only_event(running)).end == kUnknownTime);
    CHECK(claim_of(only_event(running)).start == utc("2026-07-09T02:00:00Z"));
    CHECK(has_finding_at(running, "Encounter.period.end"));
    const EncounterClaim planned = claim_of(only_event(read_text(encounter("planned", kTimes))));
    CHECK(planned.planned == utc("2026-07-09T02:00:00Z"));
    CHECK(planned.start == kUnknownTime);
    const EncounterClaim ended = claim_of(only_event(read_text(encounter("finished", kTimes))));
    CHECK(ended.end == utc("2026-07-10T08:00:00Z"));
    CHECK(ended.disposition == Disposition::Unknown);
}

TEST_CASE("a leave is dated by the history of statuses", "[clinic][fhir]") {
    const Submission event = only_event(read_text(encounter(
        "onleave",
        "'statusHistory':[{'status':'onleave','period':{'start':'2026-07-01','end':'2026-07-02'}},"
        "{'status':'in-progress','period':{'start':'2026-07-08T22:00:00-04:00'}},"
        "{'status':'onleave','period':{'start':'2026-07-09T10:00:00Z'}}],")));
    CHECK(event.kind == EventKind::LeaveStarted);
    CHECK(event.occurred_at == utc("2026-07-09T10:00:00Z"));
}

TEST_CASE("dispositions are those of FHIR and of UB-04", "[clinic][fhir]") {
    struct Row {
        const char* code;
        Disposition disposition;
    };
    const Row rows[] = {{"home", Disposition::Home},
                        {"alt-home", Disposition::Home},
                        {"aadvice", Disposition::AgainstAdvice},
                        {"psy", Disposition::Psychiatric},
                        {"rehab", Disposition::Rehab},
                        {"snf", Disposition::Snf},
                        {"long", Disposition::LongTerm},
                        {"hosp", Disposition::Hospice},
                        {"other-hcf", Disposition::OtherFacility},
                        {"oth", Disposition::Other},
                        {"1", Disposition::Home},
                        {"21", Disposition::Custody},
                        {"65", Disposition::Psychiatric},
                        {"306689006", Disposition::Unknown}};
    for (const Row& row : rows) {
        INFO(row.code);
        const std::string told = "'hospitalization':{'dischargeDisposition':{'coding':[{'code':'" +
                                 std::string(row.code) +
                                 "'}]},'destination':{'reference':'Location/L9'}},";
        const Reading reading = read_text(encounter("finished", told + kTimes));
        CHECK(claim_of(only_event(reading)).disposition == row.disposition);
        CHECK(claim_of(only_event(reading)).discharged_to == "L9");
        CHECK(has_finding_at(reading, "Encounter.hospitalization.dischargeDisposition") ==
              (row.disposition == Disposition::Unknown));
    }
}

TEST_CASE("a bill that goes out while the patient stays is no discharge", "[clinic][fhir]") {
    const Reading reading = read_text(encounter(
        "finished",
        std::string("'hospitalization':{'dischargeDisposition':{'coding':[{'code':'30'}]}},") +
            kTimes));
    CHECK(reading.disposal == Disposal::NotActedOn);
}

TEST_CASE("who left dead is deceased", "[clinic][fhir]") {
    const Reading reading = read_text(encounter(
        "finished",
        std::string("'hospitalization':{'dischargeDisposition':{'coding':[{'code':'exp'}]}},") +
            kTimes));
    check_ending(reading);
    REQUIRE(reading.parsed.events.size() == 2);
    CHECK(claim_of(reading.parsed.events[0]).disposition == Disposition::Deceased);
    CHECK(reading.parsed.events[1].kind == EventKind::ClientDeceased);
    CHECK(reading.parsed.events[1].occurred_at == utc("2026-07-10T08:00:00Z"));
}

TEST_CASE("who is said to live was told dead in error", "[clinic][fhir]") {
    const auto shown = [](std::string_view status, std::string_view patient) {
        return read_text(
            "{'resourceType':'Encounter','id':'e1','contained':[{'resourceType':"
            "'Patient','id':'p'," +
            std::string(patient) + "'identifier':[{'system':'urn:oid:1.2.3','value':'7'}]}]," +
            kTimes + "'status':'" + std::string(status) +
            "','class':{'code':'IMP'},'subject':{'reference':'#p'}}");
    };
    const Reading reading = shown("in-progress", "'deceasedBoolean':false,");
    check_ending(reading);
    REQUIRE(reading.parsed.events.size() == 2);
    const Submission& alive = reading.parsed.events[1];
    CHECK(alive.kind == EventKind::ClientDeceased);
    CHECK(alive.correction);
    CHECK(std::get<PersonClaim>(alive.payload) == PersonClaim{});
    CHECK(alive.occurred_at == utc("2026-07-10T09:00:00Z"));
    CHECK(alive.recorded_at == utc("2026-07-10T09:00:00Z"));
    CHECK(shown("in-progress", "").parsed.events.size() == 1);
    CHECK(shown("planned", "'deceasedBoolean':false,").parsed.events.size() == 1);
    CHECK(shown("cancelled", "'deceasedBoolean':false,").parsed.events.size() == 1);
    CHECK_FALSE(shown("in-progress", "'deceasedBoolean':true,").parsed.events.at(1).correction);
}

TEST_CASE("a date alone is the day in the feed's zone", "[clinic][fhir]") {
    const Submission event = only_event(
        read_text(encounter("finished", "'period':{'start':'2026-03-11','end':'2026-03-20'},")));
    CHECK(event.occurred_at == utc("2026-03-20T04:00:00Z"));
    CHECK(event.occurred_precision == Precision::Day);
    CHECK(event.time_flags.has(TimeFlag::DateOnly));
    CHECK(claim_of(event).start == utc("2026-03-11T04:00:00Z"));
}

TEST_CASE("what nothing dates is refused where the date belongs", "[clinic][fhir]") {
    const Reading ended = read_text(encounter("finished"));
    REQUIRE(ended.disposal == Disposal::Refused);
    CHECK(ended.refusal->field == "Encounter.period.end");
    CHECK(ended.refusal->reason == RefusalReason::TimeUnresolvable);
    const Reading begun = read_text(encounter("in-progress", "'period':{'start':'2026-02-30'},"));
    REQUIRE(begun.disposal == Disposal::Refused);
    CHECK(begun.refusal->field == "Encounter.period.start");
    CHECK(has_finding_at(begun, "Encounter.period.start"));
    const Submission error = only_event(read_text(encounter("entered-in-error", kStart)));
    CHECK(error.time_flags.has(TimeFlag::TimeUncertain));
}

TEST_CASE("an end before the start keeps the end", "[clinic][fhir]") {
    const Reading reading = read_text(encounter(
        "finished", "'period':{'start':'2026-07-12T00:00:00Z','end':'2026-07-10T08:00:00Z'},"));
    CHECK(claim_of(only_event(reading)).start == kUnknownTime);
    CHECK(claim_of(only_event(reading)).end == utc("2026-07-10T08:00:00Z"));
    CHECK(has_finding_at(reading, "Encounter.period.start"));
}

TEST_CASE("the present place is the open one that began last", "[clinic][fhir]") {
    const Reading reading = read_text(
        encounter("in-progress",
                  std::string("'location':["
                              "{'location':{'reference':'Location/ED'},'status':'active','period':"
                              "{'start':'2026-07-08T22:00:00-04:00','end':'2026-07-09T04:00:00Z'}},"
                              "{'location':{'reference':'Location/W2'},'status':'active',"
                              "'period':{'start':'2026-07-09T04:00:00Z'}},"
                              "{'location':{'reference':'Location/OR'},'status':'planned'}],") +
                      kStart));
    CHECK(claim_of(only_event(reading)).location.id == "W2");
    CHECK(claim_of(only_event(reading)).prior_location.id.empty());
}

TEST_CASE("labels and zones of a place are found by any word it goes by", "[clinic][fhir]") {
    Site site = test_site();
    site.labels["DETOX"].add(SecurityLabel::Part2);
    site.labels["*"].add(SecurityLabel::MentalHealth);
    site.zones["DETOX"] = {"Etc/UTC", {{UtcTime{}, std::chrono::seconds{0}}}};
    const Submission event =
        only_event(read_text(encounter("in-progress",
                                       "'location':[{'location':{'display':'Detox'}}],"
                                       "'period':{'start':'2026-07-08'},"),
                             site));
    CHECK(event.labels.has(SecurityLabel::Part2));
    CHECK(event.labels.has(SecurityLabel::MentalHealth));
    CHECK(event.zone == "Etc/UTC");
    CHECK(event.occurred_at == utc("2026-07-08T00:00:00Z"));
    CHECK(claim_of(event).location == Place{});
}

TEST_CASE("an encounter without number or id is known by its patient and day", "[clinic][fhir]") {
    const Submission event = only_event(
        read_text("{'resourceType':'Encounter','status':'in-progress','class':{'code':'AMB'},"
                  "'subject':{'reference':'http://other.example/fhir/Patient/5/_history/2'},"
                  "'appointment':[{'reference':'Appointment/a1'}],"
                  "'serviceProvider':{'display':'Burgers Center'},"
                  "'period':{'start':'2026-07-08T22:00:00-04:00'}}"));
    CHECK(event.identifiers == std::vector<Identifier>{{"http://other.example/fhir", "FHIR", "5"}});
    CHECK(event.business_key == "northside|http://other.example/fhir|5|2026-07-08");
    CHECK(claim_of(event).appointment_key == "northside|CLINIC|a1");
    CHECK(claim_of(event).facility == "Burgers Center");
    CHECK(claim_of(event).visit_number.empty());
}

TEST_CASE("classes are read, unknown ones told", "[clinic][fhir]") {
    const auto class_read = [](const std::string& code) {
        const Reading reading = read_text(
            "{'resourceType':'Encounter','id':'e','status':'in-progress','class':{'code':'" + code +
            "'},'subject':{'reference':'Patient/1'},'period':{'start':'2026-07-08'}}");
        return claim_of(only_event(reading));
    };
    CHECK(class_read("EMER").encounter_class == EncounterClass::Emergency);
    CHECK(class_read("OBSENC").encounter_class == EncounterClass::Observation);
    CHECK(class_read("HH").encounter_class == EncounterClass::Home);
    CHECK(class_read("VR").encounter_class == EncounterClass::Virtual);
    CHECK(class_read("VR").location.remote);
    CHECK(class_read("FLD").encounter_class == EncounterClass::Unknown);
}

TEST_CASE("an encounter needs a known status and one patient", "[clinic][fhir]") {
    const Reading status = read_text(encounter("Finished", kTimes));
    REQUIRE(status.disposal == Disposal::Refused);
    CHECK(status.refusal->field == "Encounter.status");
    CHECK(status.refusal->reason == RefusalReason::InvalidField);
    const Reading nobody = read_text(
        "{'resourceType':'Encounter','id':'e','status':'finished','period':{'end':'2026-07-08'}}");
    REQUIRE(nobody.disposal == Disposal::Refused);
    CHECK(nobody.refusal->field == "Encounter.subject");
    const Reading place = read_text(
        "{'resourceType':'Encounter','id':'e','status':'finished','period':{'end':'2026-07-08'},"
        "'subject':{'reference':'Location/7'}}");
    REQUIRE(place.disposal == Disposal::Refused);
    CHECK(place.refusal->reason == RefusalReason::InvalidField);
    const Reading group = read_text(
        "{'resourceType':'Encounter','id':'e','status':'finished','period':{'end':'2026-07-08'},"
        "'subject':{'reference':'Group/7'}}");
    CHECK(group.disposal == Disposal::NotActedOn);
}

TEST_CASE("an encounter of R5 is read as far as it means the same", "[clinic][fhir]") {
    const Reading reading = read_text(
        "{'resourceType':'Encounter','id':'e','status':'completed',"
        "'class':[{'coding':[{'code':'EMER'}]}],'subject':{'reference':'Patient/1'},"
        "'actualPeriod':{'start':'2026-07-08','end':'2026-07-09'},"
        "'admission':{'dischargeDisposition':{'coding':[{'code':'home'}]}}}");
    const Submission event = only_event(reading);
    CHECK(event.kind == EventKind::EncounterEnded);
    CHECK(claim_of(event).encounter_class == EncounterClass::Emergency);
    CHECK(claim_of(event).disposition == Disposition::Home);
    CHECK(has_finding_at(reading, "Encounter.status"));
    CHECK(has_finding_at(reading, "Encounter.actualPeriod"));
    CHECK(read_text(encounter("discontinued", kTimes)).disposal == Disposal::NotActedOn);
}
