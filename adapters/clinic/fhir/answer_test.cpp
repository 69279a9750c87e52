// What is answered: OperationOutcome, the response to a message, the CapabilityStatement.
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "adapters/clinic/fhir/capability_statement.hpp"
#include "adapters/clinic/fhir/message_response.hpp"
#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;

namespace {

namespace json = boost::json;

std::string text_at(const json::value& value, const char* pointer) {
    const json::string& text = value.at_pointer(pointer).as_string();
    return {text.data(), text.size()};
}

json::value outcome_of(const Reading& reading) {
    return json::parse(operation_outcome(issues_of(reading)));
}

constexpr const char* kMessage =
    "{'resource':{'resourceType':'MessageHeader','id':'m-1','eventCoding':{'system':'urn:e',"
    "'code':'notification-admit'},'source':{'endpoint':'https://acme.example','name':'ACME'}}}";

}  // namespace

TEST_CASE("a refusal is told with its place and how to mend it", "[clinic][fhir]") {
    const json::value outcome = outcome_of(read_text(appointment("imaginary")));
    CHECK(text_at(outcome, "/resourceType") == "OperationOutcome");
    CHECK(text_at(outcome, "/issue/0/severity") == "error");
    CHECK(text_at(outcome, "/issue/0/code") == "value");
    CHECK(text_at(outcome, "/issue/0/expression/0") == "Appointment.status");
    CHECK(text_at(outcome, "/issue/0/diagnostics").find("imaginary") == std::string::npos);
    CHECK(text_at(outcome, "/issue/0/diagnostics").find("appointmentstatus") != std::string::npos);
}

TEST_CASE("what cannot be read at all is fatal", "[clinic][fhir]") {
    const Reading reading = read_text("<xml/>");
    const json::value outcome = outcome_of(reading);
    CHECK(text_at(outcome, "/issue/0/severity") == "fatal");
    CHECK(text_at(outcome, "/issue/0/code") == "structure");
    CHECK(outcome.at("issue").at(0).as_object().if_contains("expression") == nullptr);
    CHECK(http_status_of(reading.refusal->reason) == 400);
}

TEST_CASE("findings are warnings beside what was taken", "[clinic][fhir]") {
    const json::value outcome =
        outcome_of(read_text(appointment("booked", "'minutesDuration':'x','indication':[],")));
    CHECK(text_at(outcome, "/issue/0/severity") == "warning");
    CHECK(text_at(outcome, "/issue/0/expression/0") == "Appointment.indication");
    const json::value fine = outcome_of(read_text(appointment("booked")));
    CHECK(text_at(fine, "/issue/0/severity") == "information");
    CHECK(text_at(fine, "/issue/0/diagnostics") == "stored");
    const json::value ignored = outcome_of(read_text("{'resourceType':'Observation'}"));
    CHECK(text_at(ignored, "/issue/0/severity") == "information");
}

TEST_CASE("a refusal of the hub is an issue too, in the hub's own field names", "[clinic][fhir]") {
    const Issue issue =
        issue_of({RefusalReason::UnknownClient, "identifiers[0]", "enrol the client first"});
    CHECK(issue.code == "not-found");
    CHECK(issue.expression.empty());
    CHECK(issue.diagnostics == "UnknownClient: enrol the client first (identifiers[0])");
    CHECK(issue_of({RefusalReason::Overloaded, "", "try again"}).code == "throttled");
    CHECK(issue_of({RefusalReason::SnapshotSuspicious, "", "look"}).code == "processing");
    CHECK(no_answer_issue().code == "timeout");
}

TEST_CASE("reasons have a status of HTTP", "[clinic][fhir]") {
    CHECK(http_status_of(RefusalReason::TooLarge) == 413);
    CHECK(http_status_of(RefusalReason::MissingField) == 422);
    CHECK(http_status_of(RefusalReason::Overloaded) == 429);
    CHECK(http_status_of(RefusalReason::DiskLow) == 503);
    CHECK(http_status_of(RefusalReason::NotAllowed) == 403);
    CHECK(http_status_of(RefusalReason::IdReused) == 409);
}

TEST_CASE("a message is answered by a message that names it", "[clinic][fhir]") {
    const Reading reading = read_text(bundle("message", kMessage));
    REQUIRE(reading.message);
    const Responder self{"https://hub.example/fhir", utc("2026-07-09T12:00:01Z")};
    const std::string text = message_response(reading, ResponseCode::Ok, issues_of(reading), self);
    const json::value answer = json::parse(text);
    CHECK(text_at(answer, "/type") == "message");
    CHECK(text_at(answer, "/timestamp") == "2026-07-09T12:00:01Z");
    const json::value& header = answer.at_pointer("/entry/0/resource");
    CHECK(text_at(header, "/resourceType") == "MessageHeader");
    CHECK(text_at(header, "/response/identifier") == "m-1");
    CHECK(text_at(header, "/response/code") == "ok");
    CHECK(text_at(header, "/eventCoding/code") == "notification-admit");
    CHECK(text_at(header, "/destination/0/endpoint") == "https://acme.example");
    CHECK(text_at(header, "/source/endpoint") == "https://hub.example/fhir");
    CHECK(text_at(header, "/response/details/reference") == text_at(answer, "/entry/1/fullUrl"));
    CHECK(text_at(answer, "/entry/1/resource/resourceType") == "OperationOutcome");
    CHECK(text == message_response(reading, ResponseCode::Ok, issues_of(reading), self));
    // Our own answer, sent back to us, is not acted on.
    const Reading echo = read_fhir(as_bytes(text), test_site());
    CHECK(echo.disposal == Disposal::NotActedOn);
    CHECK_FALSE(echo.message);
}

TEST_CASE("what may succeed later is transient, the rest is fatal", "[clinic][fhir]") {
    CHECK(response_code_of(RefusalReason::Overloaded) == ResponseCode::TransientError);
    CHECK(response_code_of(RefusalReason::MissingField) == ResponseCode::FatalError);
    const Reading broken = read_text("{");
    const Issue issue = issue_of(*broken.refusal);
    const json::value answer =
        json::parse(message_response(broken, ResponseCode::FatalError, {&issue, 1}, {"urn:x", {}}));
    CHECK(text_at(answer, "/entry/0/resource/response/code") == "fatal-error");
    CHECK(text_at(answer, "/entry/0/resource/response/identifier") == "not-told");
}

TEST_CASE("the capability statement promises what is read and no more", "[clinic][fhir]") {
    const json::value statement = json::parse(
        capability_statement({"https://hub.example/fhir", "0.1.0", utc("2026-07-09T00:00:00Z")}));
    CHECK(text_at(statement, "/resourceType") == "CapabilityStatement");
    CHECK(text_at(statement, "/fhirVersion") == "4.0.1");
    CHECK(text_at(statement, "/kind") == "instance");
    CHECK(text_at(statement, "/format/0") == "json");
    CHECK(text_at(statement, "/implementation/url") == "https://hub.example/fhir");
    CHECK(text_at(statement, "/rest/0/mode") == "server");
    const json::array& resources = statement.at_pointer("/rest/0/resource").as_array();
    REQUIRE(resources.size() == 3);
    CHECK(text_at(resources[0], "/type") == "Appointment");
    CHECK(text_at(resources[1], "/type") == "Encounter");
    CHECK(text_at(resources[2], "/type") == "Slot");
    CHECK(text_at(resources[0], "/interaction/0/code") == "create");
    CHECK(text_at(resources[0], "/interaction/1/code") == "update");
    CHECK(text_at(statement, "/messaging/0/endpoint/0/address") == "https://hub.example/fhir");
    CHECK(text_at(statement, "/messaging/0/endpoint/0/protocol/code") == "http");
}
