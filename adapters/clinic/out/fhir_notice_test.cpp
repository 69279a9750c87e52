#include "adapters/clinic/out/fhir_notice.hpp"

#include <boost/json.hpp>

#include "adapters/clinic/fhir/read_resource.hpp"
#include "adapters/clinic/out/judge_fhir.hpp"
#include "adapters/clinic/out/test_notices.hpp"
#include "adapters/kit/out/delivery_id.hpp"
#include "tests/support/catch.hpp"

namespace carehub::adapters::clinic::out {
namespace {

namespace json = boost::json;

const FhirNames kNames{"https://hub.example", "https://ehr.example:443/fhir"};

Rendered render(const Notice& notice) {
    KnownZones zones;
    return render_fhir(notice, kNames, utc("2026-07-01T13:00:05Z"), zones);
}

std::string body_of(const Notice& notice) {
    const OutMessage message = message_of(render(notice));
    CHECK(message.content_type == "application/fhir+json");
    return message.body;
}

/// The resource of that type in what was written; fails without one.
json::object resource(const std::string& body, std::string_view type) {
    const json::value bundle = json::parse(body);
    for (const json::value& entry : bundle.at("entry").as_array()) {
        if (entry.at("resource").at("resourceType").as_string() == type) {
            return entry.at("resource").as_object();
        }
    }
    FAIL("no such resource");
    return {};
}

bool has_resource(const std::string& body, std::string_view type) {
    const json::value bundle = json::parse(body);
    for (const json::value& entry : bundle.at("entry").as_array()) {
        if (entry.at("resource").at("resourceType").as_string() == type) {
            return true;
        }
    }
    return false;
}

Submission read_back(const std::string& body) {
    const fhir::Reading reading = fhir::read_fhir(as_bytes(body), test_site());
    INFO(body);
    REQUIRE(reading.parsed.refusals.empty());
    REQUIRE(reading.parsed.events.size() == 1);
    return reading.parsed.events.front();
}

TEST_CASE("a hearing is a message of header, communication and appointment", "[clinic][out]") {
    const Notice notice = hearing();
    const std::string body = body_of(notice);
    const json::value bundle = json::parse(body);
    CHECK(bundle.at("type") == "message");
    CHECK(bundle.at("identifier").at("value").as_string() == delivery_id(notice));
    CHECK(bundle.at("timestamp") == "2026-07-01T13:00:05Z");
    const json::object header = resource(body, "MessageHeader");
    CHECK(bundle.at("entry").at(0).at("resource") == header);
    CHECK(
        header.at("eventCoding") ==
        json::value{{"system", "http://terminology.hl7.org/CodeSystem/v2-0003"}, {"code", "S12"}});
    CHECK(header.at("source").at("endpoint") == "https://hub.example");
    CHECK(header.at("destination").at(0).at("endpoint") == "https://ehr.example:443/fhir");
    CHECK(header.at("focus").at(1).at("reference") == bundle.at("entry").at(2).at("fullUrl"));
    const json::object communication = resource(body, "Communication");
    CHECK(communication.at("status") == "completed");
    CHECK(communication.at("sent") == "2026-07-01T09:00:00-04:00");
    CHECK(communication.at("sender").at("display") == "county-court");
    CHECK(communication.at("topic").at("coding").at(0).at("code") == "HearingScheduled");
    CHECK_FALSE(communication.contains("payload"));
}

TEST_CASE("an appointment in full is this resource", "[clinic][out]") {
    CHECK(json::value(resource(body_of(hearing()), "Appointment")) == json::parse(R"({
        "resourceType": "Appointment", "id": "k-00112233445566778899aabbccddeeff",
        "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "N"}]},
        "identifier": [{"system": "urn:carehub:key", "value": "k-00112233445566778899aabbccddeeff"}],
        "status": "booked",
        "serviceCategory": [{"coding": [{"system": "urn:carehub:obligation-class", "code": "CourtAppearance"}]}],
        "start": "2026-07-10T09:00:00-04:00", "end": "2026-07-10T09:30:00-04:00",
        "participant": [
            {"actor": {"type": "Patient", "identifier": {
                "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
                "system": "urn:oid:1.2.3.4", "value": "12345"}}, "status": "accepted"},
            {"actor": {"type": "Practitioner", "identifier": {"value": "J-1"}, "display": "Judge ^ Ames"},
             "status": "accepted"},
            {"actor": {"type": "Location", "identifier": {"value": "ROOM-4"}, "display": "Court & annex"},
             "status": "accepted"}]})"));
}

TEST_CASE("a time that is only taken has status, start, end and patient", "[clinic][out]") {
    const std::string body = body_of(busy());
    CHECK(json::value(resource(body, "Appointment")) == json::parse(R"({
        "resourceType": "Appointment", "id": "k-00112233445566778899aabbccddeeff",
        "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "N"}]},
        "identifier": [{"system": "urn:carehub:key", "value": "k-00112233445566778899aabbccddeeff"}],
        "status": "booked", "start": "2026-07-10T13:00:00Z", "end": "2026-07-10T13:30:00Z",
        "participant": [{"actor": {"type": "Patient", "identifier": {
            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
            "system": "NORTH", "value": "12345"}}, "status": "accepted"}]})"));
    const json::object communication = resource(body, "Communication");
    CHECK_FALSE(communication.contains("sender"));
    CHECK_FALSE(communication.contains("sent"));
    CHECK(resource(body_of(busy(EventKind::ScheduleUnblocked)), "Appointment").at("status") ==
          "cancelled");
}

TEST_CASE("a time that is taken without an end is said in words", "[clinic][out]") {
    Notice notice = busy();
    std::get<ResourceClaim>(notice.event.payload).to = kUnknownTime;
    const std::string body = body_of(notice);
    CHECK_FALSE(has_resource(body, "Appointment"));
    CHECK(resource(body, "Communication").at("payload").at(0).at("contentString") ==
          "The client's time is taken from 2026-07-10T13:00:00Z on; until when is not known.");
    std::get<ResourceClaim>(notice.event.payload).from = kUnknownTime;
    REQUIRE(render(notice));
    CHECK_FALSE(*render(notice));
}

TEST_CASE("later versions meet the same resource under another delivery", "[clinic][out]") {
    const std::string first = body_of(hearing());
    Notice later = hearing(EventKind::HearingCancelled, ObligationStatus::Cancelled);
    later.number = 9;
    const std::string second = body_of(later);
    CHECK(resource(second, "Appointment").at("id") == resource(first, "Appointment").at("id"));
    CHECK(resource(second, "Appointment").at("status") == "cancelled");
    CHECK(json::parse(first).at("id") != json::parse(second).at("id"));
    CHECK(json::parse(first).at("entry").at(2).at("fullUrl") ==
          json::parse(second).at("entry").at(2).at("fullUrl"));
    CHECK_FALSE(resource(body_of(hearing(EventKind::FailureToAppear, ObligationStatus::Missed)),
                         "Appointment")
                    .contains("cancelationReason"));
}

TEST_CASE("what is written is read back", "[clinic][out]") {
    const Submission booked = read_back(body_of(hearing()));
    CHECK(booked.kind == EventKind::AppointmentBooked);
    CHECK(std::get<ObligationClaim>(booked.payload).start == utc("2026-07-10T09:00:00-04:00"));
    CHECK(std::get<ObligationClaim>(booked.payload).end == utc("2026-07-10T09:30:00-04:00"));
    CHECK(booked.identifiers.front() == Identifier{"1.2.3.4", "MR", "12345"});
    CHECK(read_back(body_of(hearing(EventKind::HearingContinued))).kind ==
          EventKind::AppointmentRescheduled);
    CHECK(read_back(body_of(hearing(EventKind::FailureToAppear, ObligationStatus::Missed))).kind ==
          EventKind::AppointmentNoShow);
    const Submission ended = read_back(body_of(stay(EventKind::EncounterEnded)));
    CHECK(ended.kind == EventKind::EncounterEnded);
    CHECK(std::get<EncounterClaim>(ended.payload).disposition == Disposition::Home);
    CHECK(std::get<EncounterClaim>(ended.payload).encounter_class == EncounterClass::Inpatient);
    CHECK(read_back(body_of(stay(EventKind::EncounterStarted))).kind ==
          EventKind::EncounterStarted);
    CHECK(read_back(body_of(stay(EventKind::EncounterStartCancelled))).kind ==
          EventKind::EncounterStartCancelled);
}

TEST_CASE("labels and the statement go with every resource", "[clinic][out]") {
    Notice notice = hearing();
    notice.event.labels.add(SecurityLabel::Hiv);
    notice.required_statement = kStatement;
    const std::string body = body_of(notice);
    for (const char* type : {"Communication", "Appointment"}) {
        const json::object told = resource(body, type);
        const std::string security = json::serialize(told.at("meta"));
        CHECK(security.find("42CFRPart2") != std::string::npos);
        CHECK(security.find("\"HIV\"") != std::string::npos);
        CHECK(security.find("\"R\"") != std::string::npos);
        const std::string narrative(told.at("text").at("div").as_string());
        CHECK(narrative.find(kStatement) != std::string::npos);
    }
    CHECK(resource(body, "Communication").at("payload").at(0).at("contentString").as_string() ==
          kStatement);
    CHECK(read_back(body).labels.has(SecurityLabel::Part2));
}

TEST_CASE("an appointment has a start and an end, said to be assumed where they are",
          "[clinic][out]") {
    Notice notice = hearing();
    auto& claim = std::get<ObligationClaim>(notice.event.payload);
    claim.end = kUnknownTime;
    json::object appointment = resource(body_of(notice), "Appointment");
    CHECK(appointment.at("end") == "2026-07-10T09:30:00-04:00");
    CHECK(appointment.contains("comment"));
    claim.date = parse_iso_date("2026-07-10");
    appointment = resource(body_of(notice), "Appointment");
    CHECK(appointment.at("start") == "2026-07-10T00:00:00-04:00");
    CHECK(appointment.at("end") == "2026-07-11T00:00:00-04:00");
}

TEST_CASE("a cancel without a time has none", "[clinic][out]") {
    Notice notice = hearing(EventKind::AppointmentCancelled, ObligationStatus::Cancelled);
    auto& claim = std::get<ObligationClaim>(notice.event.payload);
    claim.start = kUnknownTime;
    claim.end = kUnknownTime;
    const json::object appointment = resource(body_of(notice), "Appointment");
    CHECK(appointment.at("status") == "cancelled");
    CHECK_FALSE(appointment.contains("start"));
    CHECK_FALSE(appointment.contains("end"));
}

TEST_CASE("a death is a patient who died", "[clinic][out]") {
    Notice notice = hearing(EventKind::ClientDeceased);
    PersonClaim claim;
    claim.deceased_at = utc("2026-07-09T08:00:00-04:00");
    notice.event.payload = claim;
    const json::object patient = resource(body_of(notice), "Patient");
    CHECK(patient.at("deceasedDateTime") == "2026-07-09T08:00:00-04:00");
    CHECK(patient.at("identifier").as_array().size() == 2);
}

TEST_CASE("a patient whose death was told in error lives", "[clinic][out]") {
    Notice notice = hearing(EventKind::ClientDeceased);
    notice.event.payload = PersonClaim{};
    notice.event.correction = true;
    CHECK(resource(body_of(notice), "Patient").at("deceasedBoolean") == false);
}

TEST_CASE("a notice about nobody the clinic knows is refused", "[clinic][out]") {
    Notice nobody = hearing();
    nobody.event.identifiers.clear();
    REQUIRE_FALSE(render(nobody));
    CHECK(render(nobody).error().field == "identifiers");
}

// --- Answers ------------------------------------------------------------------------------------

TEST_CASE("an OperationOutcome has the field and the words of a refusal", "[clinic][out]") {
    const std::string outcome =
        R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",)"
        R"("diagnostics":"No such patient.","expression":["Bundle.entry[1]"]}]})";
    const auto told = judge_fhir({422, "application/fhir+json", outcome});
    CHECK(told.taking == Taking::Refused);
    CHECK(told.refusal ==
          Refusal{RefusalReason::InvalidField, "Bundle.entry[1]", "No such patient."});
    CHECK(judge_fhir({422, "text/html", "<p>"}).refusal.fix == "HTTP 422");
    CHECK(judge_fhir({503, "application/fhir+json", outcome}).taking == Taking::Away);
}

TEST_CASE("an answer that is a message can still say no", "[clinic][out]") {
    const auto answer = [](const std::string& code) {
        return judge_fhir(
            {200, "application/fhir+json",
             R"({"resourceType":"Bundle","type":"message","entry":[{"resource":{)"
             R"("resourceType":"MessageHeader","response":{"identifier":"7","code":")" +
                 code +
                 R"("}}},{"resource":{"resourceType":"OperationOutcome","issue":[)"
                 R"({"severity":"error","code":"invalid","details":{"text":"Not now."}}]}}]})"});
    };
    CHECK(answer("ok").taking == Taking::Taken);
    CHECK(answer("transient-error").taking == Taking::Undecided);
    CHECK(answer("fatal-error").taking == Taking::Refused);
    CHECK(answer("fatal-error").refusal.fix == "Not now.");
    CHECK(judge_fhir({200, "text/plain", "fine"}).taking == Taking::Taken);
    CHECK(judge_fhir({204, "", ""}).taking == Taking::Taken);
}

}  // namespace
}  // namespace carehub::adapters::clinic::out
