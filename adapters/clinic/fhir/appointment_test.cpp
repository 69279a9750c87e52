// What each Appointment of FHIR R4 (section 12.2) says, expected by the standard's own words.
#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;

namespace {

const ObligationClaim& claim_of(const Submission& event) {
    return std::get<ObligationClaim>(event.payload);
}

std::string with_participants(std::string_view participants, std::string_view more = {}) {
    return "{'resourceType':'Appointment','id':'a1','status':'booked'," + std::string(more) +
           "'start':'2026-07-09T14:00:00Z','end':'2026-07-09T14:30:00Z','participant':[" +
           std::string(participants) + "]}";
}

}  // namespace

TEST_CASE("each status says what happened and how the obligation stands", "[clinic][fhir]") {
    struct Row {
        const char* status;
        EventKind kind;
        ObligationStatus obligation;
    };
    const Row rows[] = {
        {"proposed", EventKind::AppointmentBooked, ObligationStatus::Proposed},
        {"pending", EventKind::AppointmentBooked, ObligationStatus::Proposed},
        {"booked", EventKind::AppointmentBooked, ObligationStatus::Scheduled},
        {"waitlist", EventKind::AppointmentBooked, ObligationStatus::Waitlisted},
        {"arrived", EventKind::AppointmentArrived, ObligationStatus::InProgress},
        {"checked-in", EventKind::AppointmentArrived, ObligationStatus::InProgress},
        {"fulfilled", EventKind::AppointmentCompleted, ObligationStatus::Completed},
        {"cancelled", EventKind::AppointmentCancelled, ObligationStatus::Cancelled},
        {"noshow", EventKind::AppointmentNoShow, ObligationStatus::Missed},
        {"entered-in-error", EventKind::AppointmentDeleted, ObligationStatus::EnteredInError}};
    for (const Row& row : rows) {
        INFO(row.status);
        const Reading reading = read_text(appointment(row.status));
        check_ending(reading);
        const Submission event = only_event(reading);
        CHECK(event.kind == row.kind);
        CHECK(claim_of(event).status == row.obligation);
        CHECK(event.correction == (row.kind == EventKind::AppointmentDeleted));
        CHECK(reading.parsed.findings.empty());
    }
}

TEST_CASE("an appointment tells its time, its key and its patient", "[clinic][fhir]") {
    const Submission event = only_event(read_text(
        appointment("booked", "'meta':{'versionId':'3','lastUpdated':'2026-07-02T08:00:00Z'},")));
    CHECK(event.feed == "northside");
    CHECK(event.zone == "America/New_York");
    CHECK(event.business_key == "northside|CLINIC|a1");
    CHECK(event.identifiers == std::vector<Identifier>{{"1.2.3", "MR", "7"}});
    CHECK(event.occurred_at == utc("2026-07-02T08:00:00Z"));
    CHECK(event.recorded_at == utc("2026-07-02T08:00:00Z"));
    CHECK(event.time_flags.empty());
    CHECK(event.source_msg_id.rfind("northside|Appointment|a1|3|", 0) == 0);
    CHECK(event.source_msg_id.substr(event.source_msg_id.size() - 2) == "/1");
    const ObligationClaim& claim = claim_of(event);
    CHECK(claim.obligation_class == ObligationClass::ClinicVisit);
    CHECK(claim.start == utc("2026-07-09T14:00:00Z"));
    CHECK(claim.end == utc("2026-07-09T14:30:00Z"));
    CHECK(claim.owner_org == "northside");
    CHECK(claim.filler_id == "a1");
}

TEST_CASE("an identifier names the appointment across systems, the id only its own",
          "[clinic][fhir]") {
    const char* identifiers =
        "'identifier':[{'use':'old','system':'urn:oid:1.2.9','value':'OLD'},"
        "{'type':{'coding':[{'code':'PLAC'}]},'system':'urn:oid:1.2.8','value':'P1'},"
        "{'type':{'coding':[{'code':'FILL'}]},'system':'urn:oid:1.2.9','value':'F|1'}],";
    const Submission event = only_event(read_text(appointment("booked", identifiers)));
    CHECK(event.business_key == "northside|1.2.9|F%7C1");
    CHECK(claim_of(event).filler_id == "F|1");
    const char* uri = "'identifier':[{'system':'http://example.org/a','value':'123'}],";
    CHECK(only_event(read_text(appointment("booked", uri))).business_key ==
          "northside|http://example.org/a|123");
}

TEST_CASE("it happened when it was last updated, else created, else when the bundle was made",
          "[clinic][fhir]") {
    const std::string plain =
        "{'resourceType':'Appointment','id':'a1','status':'booked','start':'2026-07-09T14:00:00Z',"
        "CREATED'participant':[{'actor':{'reference':'Patient/1'},'status':'accepted'}]}";
    const auto with = [&](const std::string& created) {
        return std::string(plain).replace(plain.find("CREATED"), 7, created);
    };
    const Submission dated = only_event(read_text(with("'created':'2026-07-01',")));
    CHECK(dated.occurred_at == utc("2026-07-01T04:00:00Z"));
    CHECK(dated.occurred_precision == Precision::Day);
    CHECK_FALSE(dated.time_flags.has(TimeFlag::DateOnly));
    const Submission bundled =
        only_event(read_text(bundle("collection", "{'resource':" + with("") + "}")));
    CHECK(bundled.occurred_at == utc("2026-07-09T12:00:00Z"));
    const Submission unknown = only_event(read_text(with("")));
    CHECK(unknown.occurred_at == utc("2026-07-09T14:00:00Z"));
    // Its own time is certain all the same.
    CHECK_FALSE(unknown.time_flags.has(TimeFlag::TimeUncertain));
    CHECK(unknown.time_flags.has(TimeFlag::AssumedDuration));
    CHECK(claim_of(unknown).end == utc("2026-07-09T14:30:00Z"));
}

TEST_CASE("the end is told, else counted from minutesDuration, else assumed", "[clinic][fhir]") {
    const std::string who = "{'actor':{'reference':'Patient/1'},'status':'accepted'}";
    const auto ends = [&](const std::string& members) {
        const Submission event = only_event(read_text(
            "{'resourceType':'Appointment','id':'a','status':'booked','created':'2026-07-01',"
            "'start':'2026-07-09T14:00:00Z'," +
            members + "'participant':[" + who + "]}"));
        return std::pair(claim_of(event).end, event.time_flags.has(TimeFlag::AssumedDuration));
    };
    CHECK(ends("'minutesDuration':45,") == std::pair(utc("2026-07-09T14:45:00Z"), false));
    CHECK(ends("'end':'2026-07-09T13:00:00Z',") == std::pair(utc("2026-07-09T14:30:00Z"), true));
    CHECK(ends("'end':'2026-09-09T13:00:00Z',") == std::pair(utc("2026-07-09T14:30:00Z"), true));
    CHECK(ends("'minutesDuration':-5,") == std::pair(utc("2026-07-09T14:30:00Z"), true));
    CHECK(ends("'minutesDuration':'45',") == std::pair(utc("2026-07-09T14:30:00Z"), true));
    CHECK(ends("'minutesDuration':9223372036854775807,") ==
          std::pair(utc("2026-07-09T14:30:00Z"), true));
}

TEST_CASE("the feed's profile tells usual lengths, and whether midnight is a time",
          "[clinic][fhir]") {
    Site site = test_site();
    site.durations["52"] = std::chrono::minutes(90);
    site.midnight_is_date = true;
    const auto at = [&](const std::string& start) {
        return only_event(read_text(
            "{'resourceType':'Appointment','id':'a','status':'booked','created':'2026-07-01',"
            "'serviceType':[{'coding':[{'code':'52'}]}],'start':'" +
                start + "','participant':[{'actor':{'reference':'Patient/1'}}]}",
            site));
    };
    CHECK(claim_of(at("2026-07-09T14:00:00Z")).end == utc("2026-07-09T15:30:00Z"));
    const Submission day = at("2026-07-09T00:00:00-04:00");
    CHECK(claim_of(day).date == parse_iso_date("2026-07-09"));
    CHECK(claim_of(day).end == kUnknownTime);
    CHECK(day.time_flags.has(TimeFlag::DateOnly));
}

TEST_CASE("every patient who takes part has an event of their own", "[clinic][fhir]") {
    const Reading reading = read_text(with_participants(
        "{'actor':{'reference':'Patient/1'},'status':'accepted'},"
        "{'actor':{'reference':'Patient/2'},'status':'declined'},"
        "{'actor':{'reference':'Patient/3'},'status':'accepted','required':'information-only'},"
        "{'actor':{'reference':'Patient/1'},'status':'accepted'},"
        "{'actor':{'reference':'#nobody','type':'Patient'},'status':'accepted'}"));
    check_ending(reading);
    REQUIRE(reading.parsed.events.size() == 3);
    const auto& events = reading.parsed.events;
    CHECK(events[0].identifiers == std::vector<Identifier>{{"CLINIC", "FHIR", "1"}});
    CHECK(events[0].kind == EventKind::AppointmentBooked);
    CHECK(events[1].kind == EventKind::AppointmentCancelled);
    CHECK(claim_of(events[1]).status == ObligationStatus::Cancelled);
    CHECK(claim_of(events[2]).transparent);
    CHECK(events[2].source_msg_id.substr(events[2].source_msg_id.size() - 2) == "/3");
    CHECK(has_finding_at(reading, "Appointment.participant[4].actor"));
}

TEST_CASE("an appointment without patient concerns nobody we know", "[clinic][fhir]") {
    const Reading reading = read_text(
        with_participants("{'actor':{'reference':'Practitioner/dr-y'},'status':'needs-action'},"
                          "{'actor':{'display':'Napa Office'},'status':'needs-action'}"));
    CHECK(reading.disposal == Disposal::NotActedOn);
    CHECK(has_finding_at(reading, "Appointment.participant"));
}

TEST_CASE("a patient who cannot be named at all refuses the appointment", "[clinic][fhir]") {
    const Reading dangling = read_text(
        with_participants("{'actor':{'reference':'Location/9'},'status':'accepted'},"
                          "{'actor':{'reference':'#p','type':'Patient'},'status':'accepted'}"));
    REQUIRE(dangling.disposal == Disposal::Refused);
    CHECK(dangling.refusal->field == "Appointment.participant[1].actor");
    CHECK(dangling.refusal->reason == RefusalReason::UnknownReference);
    const Reading nameless = read_text(
        with_participants("{'actor':{'type':'Patient','display':'Jane Doe'},'status':'accepted'}"));
    REQUIRE(nameless.disposal == Disposal::Refused);
    CHECK(nameless.refusal->reason == RefusalReason::MissingField);
    CHECK_FALSE(tells(nameless, "Doe"));
}

TEST_CASE("place and provider leave by code, words only find the feed's settings",
          "[clinic][fhir]") {
    Site site = test_site();
    site.labels["RECOVERY HOUSE"].add(SecurityLabel::Part2);
    site.obligation_classes["IOP"] = ObligationClass::TreatmentSession;
    const Reading reading = read_text(
        with_participants(
            "{'actor':{'reference':'#p'},'status':'accepted'},"
            "{'actor':{'reference':'#l'},'status':'accepted'},"
            "{'type':[{'coding':[{'code':'ATND'}]}],'actor':{'reference':'Practitioner/9',"
            "'identifier':{'system':'http://hl7.org/fhir/sid/us-npi','value':'999'},"
            "'display':'Dr Careful'},'status':'accepted'}",
            "'contained':[{'resourceType':'Patient','id':'p','name':[{'family':'Doe'}],"
            "'identifier':[{'system':'urn:oid:1.2.3','type':{'coding':[{'code':'PI'}]},"
            "'value':'0012'}]},{'resourceType':'Location','id':'l','name':'Recovery House',"
            "'identifier':[{'value':'RH1'}]}],"
            "'serviceType':[{'coding':[{'code':'IOP'}]}],'description':'about Jane Doe',"
            "'comment':'secret','reasonCode':[{'text':'F10.20'}],"),
        site);
    check_ending(reading);
    const Submission event = only_event(reading);
    CHECK(event.identifiers == std::vector<Identifier>{{"1.2.3", "PI", "0012"}});
    CHECK(event.labels.has(SecurityLabel::Part2));
    const ObligationClaim& claim = claim_of(event);
    CHECK(claim.obligation_class == ObligationClass::TreatmentSession);
    CHECK(claim.location == Place{"RH1", "", false});
    CHECK(claim.provider == Party{"999", "", "ATND"});
    CHECK(claim.reason_code.empty());
}

TEST_CASE("a cancel for a no-show reason is a no-show", "[clinic][fhir]") {
    const char* reason = "'cancelationReason':{'coding':[{'code':'dna'}],'text':'DNA'},";
    const Submission event = only_event(read_text(appointment("cancelled", reason)));
    CHECK(event.kind == EventKind::AppointmentNoShow);
    CHECK(claim_of(event).status == ObligationStatus::Missed);
    CHECK(only_event(read_text(appointment("cancelled", "'cancelationReason':{'text':'ill'},")))
              .kind == EventKind::AppointmentCancelled);
}

TEST_CASE("a proposal without time binds nobody, a booking without time is refused",
          "[clinic][fhir]") {
    const auto without_start = [](const std::string& status, const std::string& more = "") {
        return read_text("{'resourceType':'Appointment','id':'a','status':'" + status + "'," +
                         more + "'participant':[{'actor':{'reference':'Patient/1'}}]}");
    };
    CHECK(without_start("proposed").disposal == Disposal::NotActedOn);
    CHECK(without_start("waitlist").disposal == Disposal::NotActedOn);
    // What was booked is no more.
    for (const auto& [status, hub] : {std::pair("proposed", ObligationStatus::Proposed),
                                      std::pair("pending", ObligationStatus::Proposed),
                                      std::pair("waitlist", ObligationStatus::Waitlisted)}) {
        const Reading reading =
            without_start(status, "'meta':{'lastUpdated':'2026-07-06T13:00:00Z'},");
        const Submission event = only_event(reading);
        CHECK(event.kind == EventKind::AppointmentModified);
        CHECK(claim_of(event).status == hub);
        CHECK(claim_of(event).start == kUnknownTime);
        CHECK(has_finding_at(reading, "Appointment.start"));
    }
    for (const char* status : {"booked", "arrived", "noshow"}) {
        const Reading refused = without_start(status);
        REQUIRE(refused.disposal == Disposal::Refused);
        CHECK(refused.refusal->field == "Appointment.start");
        CHECK(refused.refusal->reason == RefusalReason::TimeUnresolvable);
    }
}

TEST_CASE("sensitivity of the resource and of its patient labels the event", "[clinic][fhir]") {
    const Submission event = only_event(read_text(appointment(
        "booked", "'meta':{'security':[{'code':'R'},{'code':'SUD'},{'code':'HIV'}]},")));
    CHECK(event.labels.has(SecurityLabel::Part2));
    CHECK(event.labels.has(SecurityLabel::Hiv));
    CHECK_FALSE(event.labels.has(SecurityLabel::Psychotherapy));
}

TEST_CASE("a deceased patient's appointment is closed and the death told once", "[clinic][fhir]") {
    const Reading reading = read_text(with_participants(
        "{'actor':{'reference':'#p'},'status':'accepted'}",
        "'created':'2026-07-01','contained':[{'resourceType':'Patient','id':'p',"
        "'deceasedDateTime':'2026-07-05','identifier':[{'system':'urn:oid:1.2','value':'7'}]}],"));
    REQUIRE(reading.parsed.events.size() == 2);
    CHECK(reading.parsed.events[0].kind == EventKind::AppointmentCancelled);
    const Submission& death = reading.parsed.events[1];
    CHECK(death.kind == EventKind::ClientDeceased);
    CHECK(death.occurred_at == utc("2026-07-05T04:00:00Z"));
    CHECK(death.time_flags.has(TimeFlag::DateOnly));
    CHECK(std::get<PersonClaim>(death.payload).names.empty());
    CHECK(death.business_key == "northside|1.2|7");
}

TEST_CASE("what is plainly R5 or STU3 is read with a finding", "[clinic][fhir]") {
    const Reading r5 = read_text(appointment("booked", "'recurrenceId':2,'virtualService':[],"));
    CHECK(r5.disposal == Disposal::Events);
    CHECK(has_finding_at(r5, "Appointment.recurrenceId"));
    const Reading stu3 = read_text(appointment("booked", "'indication':[],"));
    CHECK(has_finding_at(stu3, "Appointment.indication"));
}
