// Bundles of FHIR R4 (section 2.36): messages, references between entries, wholes and parts.
#include <algorithm>

#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;

namespace {

constexpr const char* kPatient =
    "{'fullUrl':'urn:uuid:0d1','resource':{'resourceType':'Patient','id':'p1','identifier':["
    "{'system':'urn:oid:1.2.3','type':{'coding':[{'code':'MR'}]},'value':'77'},"
    "{'system':'http://hl7.org/fhir/sid/us-ssn','type':{'coding':[{'code':'SS'}]},"
    "'value':'999-87-1037'}]}}";

std::string header(std::string_view event, std::string_view more = {}) {
    return "{'fullUrl':'urn:uuid:0aa','resource':{'resourceType':'MessageHeader','id':'m1'," +
           std::string(more) + "'eventCoding':{'system':'urn:x','code':'" + std::string(event) +
           "'},'source':{'endpoint':'https://acme.example/fhir','name':'ACME'},"
           "'focus':[{'reference':'urn:uuid:0e1'}]}},";
}

std::string stay(std::string_view status, std::string_view more = {}) {
    return "{'fullUrl':'urn:uuid:0e1','resource':{'resourceType':'Encounter','id':'e1'," +
           std::string(more) + "'identifier':[{'system':'http://acme.example','value':'V1'}]," +
           "'status':'" + std::string(status) +
           "','class':{'code':'IMP'},'subject':{'reference':'urn:uuid:0d1'},"
           "'period':{'start':'2026-07-08T22:00:00-04:00'}}},";
}

Reading notification(std::string_view event, std::string_view status) {
    return read_text(bundle("message", header(event) + stay(status) + kPatient));
}

}  // namespace

TEST_CASE("the event of a notification decides what happened", "[clinic][fhir]") {
    struct Row {
        const char* event;
        const char* status;
        EventKind kind;
        bool contradicts;
    };
    const Row rows[] = {
        {"notification-admit", "in-progress", EventKind::EncounterStarted, false},
        {"notification-transfer", "in-progress", EventKind::EncounterTransferred, false},
        {"notification-discharge", "finished", EventKind::EncounterEnded, false},
        {"notification-discharge", "in-progress", EventKind::EncounterEnded, true},
        {"notification-admit", "finished", EventKind::EncounterStarted, true},
        {"notification-admit", "entered-in-error", EventKind::EncounterStartCancelled, false},
        {"notification-admit", "unknown", EventKind::EncounterStarted, false},
        {"A01", "in-progress", EventKind::EncounterStarted, false},
        {"ADT_A02", "in-progress", EventKind::EncounterTransferred, false},
        {"ADT^A03^ADT_A03", "finished", EventKind::EncounterEnded, false},
        {"A11", "cancelled", EventKind::EncounterStartCancelled, false},
        {"A13", "in-progress", EventKind::EncounterEndCancelled, false},
        {"A12", "in-progress", EventKind::EncounterTransferCancelled, false},
        {"A14", "planned", EventKind::AdmissionPlanned, false},
        {"A16", "in-progress", EventKind::DischargePlanned, false},
        {"A21", "onleave", EventKind::LeaveStarted, false},
        {"A22", "in-progress", EventKind::LeaveEnded, false},
        {"A25", "in-progress", EventKind::DischargePlanCancelled, false},
        {"A38", "cancelled", EventKind::AdmissionPlanCancelled, false},
        {"A53", "onleave", EventKind::LeaveEndCancelled, false},
        {"something-else", "in-progress", EventKind::EncounterStarted, false},
        {"something-else", "finished", EventKind::EncounterEnded, false}};
    for (const Row& row : rows) {
        INFO(row.event << " " << row.status);
        const Reading reading = notification(row.event, row.status);
        check_ending(reading);
        const Submission event = only_event(reading);
        CHECK(event.kind == row.kind);
        CHECK(event.business_key == "northside|http://acme.example|V1");
        CHECK(has_finding_at(reading, "Bundle.entry[1].resource.status") == row.contradicts);
        REQUIRE(reading.message);
        CHECK(reading.message->id == "m1");
    }
}

TEST_CASE("a notification brings identifiers, sender and time of the bundle", "[clinic][fhir]") {
    const Reading reading = notification("notification-discharge", "finished");
    const Submission event = only_event(reading);
    CHECK(event.identifiers ==
          std::vector<Identifier>{{"1.2.3", "MR", "77"},
                                  {"http://hl7.org/fhir/sid/us-ssn", "SS", "999-87-1037"}});
    CHECK(event.occurred_at == utc("2026-07-09T12:00:00Z"));
    CHECK(std::get<EncounterClaim>(event.payload).facility == "ACME");
    CHECK(reading.message->source_endpoint == "https://acme.example/fhir");
}

TEST_CASE("the event may be told by an address", "[clinic][fhir]") {
    std::string text = bundle("message", header("X") + stay("in-progress") + kPatient);
    const std::string coding = "'eventCoding':{'system':'urn:x','code':'X'}";
    text.replace(text.find(coding), coding.size(),
                 "'eventUri':'http://example.org/events#notification-transfer'");
    CHECK(only_event(read_text(text)).kind == EventKind::EncounterTransferred);
}

TEST_CASE("a reschedule said by the message is a reschedule", "[clinic][fhir]") {
    std::string focus = header("S13");
    focus.replace(focus.find("urn:uuid:0e1"), 12, "Appointment/a1");
    const Reading reading =
        read_text(bundle("message", focus + "{'resource':" + appointment("booked") + "}"));
    CHECK(only_event(reading).kind == EventKind::AppointmentRescheduled);
}

TEST_CASE("only the focus of a message is acted on", "[clinic][fhir]") {
    const std::string other =
        "{'resource':" + encounter("finished", "'period':{'end':'2026-07-01'},") + "},";
    std::string entries = header("notification-admit") + other + stay("in-progress") + kPatient;
    CHECK(only_event(read_text(bundle("message", entries))).business_key ==
          "northside|http://acme.example|V1");
    // A focus that leads nowhere leaves nothing to go by: everything is read.
    entries.replace(entries.find("urn:uuid:0e1"), 12, "urn:uuid:fff");
    const Reading lost = read_text(bundle("message", entries));
    CHECK(lost.parsed.events.size() == 2);
    CHECK(has_finding_at(lost, "Bundle.entry[0].resource.focus"));
}

TEST_CASE("a message begins with its header, and an answer is not answered", "[clinic][fhir]") {
    const Reading late =
        read_text(bundle("message", stay("in-progress") + header("notification-admit") + kPatient));
    REQUIRE(late.disposal == Disposal::Refused);
    CHECK(late.refusal->field == "Bundle.entry[0].resource");
    CHECK(read_text(bundle("message", "")).disposal == Disposal::Refused);
    const Reading answer = read_text(bundle(
        "message", header("notification-admit", "'response':{'identifier':'q','code':'ok'},") +
                       stay("in-progress") + kPatient));
    CHECK(answer.disposal == Disposal::NotActedOn);
}

TEST_CASE("references lead by fullUrl, by type and id, and beside the own address",
          "[clinic][fhir]") {
    const auto identifier = [](const std::string& full_url, const std::string& reference) {
        const Reading reading = read_text(bundle(
            "collection",
            "{'fullUrl':'http://a.example/fhir/Encounter/e','resource':{'resourceType':'Encounter',"
            "'id':'e','status':'in-progress','class':{'code':'AMB'},'period':{'start':'2026-07-08'}"
            ","
            "'subject':{'reference':'" +
                reference +
                "'}}},"
                "{'fullUrl':'" +
                full_url +
                "','resource':{'resourceType':'Patient','id':'1',"
                "'identifier':[{'system':'urn:oid:1.2','value':'one'}]}},"
                "{'fullUrl':'http://b.example/fhir/Patient/1','resource':{'resourceType':'Patient',"
                "'id':'1','identifier':[{'system':'urn:oid:1.2','value':'other'}]}}"));
        return reading.parsed.events.empty() ? std::string("none")
                                             : reading.parsed.events[0].identifiers[0].value;
    };
    const std::string here = "http://a.example/fhir/Patient/1";
    CHECK(identifier(here, "Patient/1") == "one");
    CHECK(identifier(here, "Patient/1/_history/3") == "one");
    CHECK(identifier(here, here) == "one");
    CHECK(identifier(here, "http://b.example/fhir/Patient/1") == "other");
    CHECK(identifier("urn:uuid:5", "urn:uuid:5") == "one");
    // Two resources are Patient/1, and none of them is beside the encounter.
    CHECK(identifier("urn:uuid:5", "Patient/1") == "none");
    CHECK(identifier(here, "urn:uuid:6") == "none");
    CHECK(identifier(here, "http://c.example/fhir/Patient/1") == "1");
    CHECK(identifier(here, "Patient?identifier=urn:oid:1.2|one") == "none");
}

TEST_CASE("two entries of one address lead nowhere", "[clinic][fhir]") {
    const Reading reading =
        read_text(bundle("batch", stay("in-progress") + kPatient + "," + kPatient));
    REQUIRE(reading.disposal == Disposal::Refused);
    CHECK(reading.refusal->reason == RefusalReason::UnknownReference);
    CHECK(reading.refusal->field == "Bundle.entry[0].resource.subject");
    CHECK(has_finding_at(reading, "Bundle.entry[2].resource"));
}

TEST_CASE("a transaction is taken whole, of a batch each entry for itself", "[clinic][fhir]") {
    const std::string entries =
        "{'resource':" + appointment("booked") + "},{'resource':" + appointment("imaginary") +
        "},{'resource':" + encounter("finished", "'period':{'end':'2026-07-08'},") + "}";
    for (const char* type : {"batch", "collection", "searchset"}) {
        INFO(type);
        const Reading parts = read_text(bundle(type, entries));
        check_ending(parts);
        CHECK(parts.disposal == Disposal::Events);
        CHECK(parts.parsed.events.size() == 2);
        REQUIRE(parts.parsed.refusals.size() == 1);
        CHECK(parts.parsed.refusals[0].refusal.field == "Bundle.entry[1].resource.status");
    }
    const Reading whole = read_text(bundle("transaction", entries));
    check_ending(whole);
    REQUIRE(whole.disposal == Disposal::Refused);
    CHECK(whole.refusal->field == "Bundle.entry[1].resource.status");
}

TEST_CASE("a bundle tells its type", "[clinic][fhir]") {
    const Reading missing = read_text("{'resourceType':'Bundle','entry':[]}");
    REQUIRE(missing.refusal);
    CHECK(missing.refusal->field == "Bundle.type");
    CHECK(missing.refusal->reason == RefusalReason::MissingField);
    const Reading unknown = read_text("{'resourceType':'Bundle','type':'invalid-type'}");
    REQUIRE(unknown.refusal);
    CHECK(unknown.refusal->reason == RefusalReason::InvalidField);
    for (const char* type : {"transaction-response", "batch-response"}) {
        CHECK(read_text(bundle(type, "{'resource':" + appointment("booked") + "}")).disposal ==
              Disposal::NotActedOn);
    }
}

TEST_CASE("a document and a history are read entry by entry", "[clinic][fhir]") {
    const std::string first =
        "{'resource':{'resourceType':'Parameters','parameter':[{'name':'type'}]},"
        "'request':{'method':'GET','url':'Subscription/1/$status'}},";
    for (const char* type : {"document", "history"}) {
        INFO(type);
        const Reading reading =
            read_text(bundle(type, first + "{'resource':" + appointment("booked") + "}"));
        CHECK(only_event(reading).kind == EventKind::AppointmentBooked);
    }
}

TEST_CASE("versions in a history are told oldest first", "[clinic][fhir]") {
    const Reading reading =
        read_text(bundle("history", "{'resource':" + appointment("cancelled") +
                                        "},{'resource':" + appointment("booked") + "}"));
    REQUIRE(reading.parsed.events.size() == 2);
    CHECK(reading.parsed.events[0].kind == EventKind::AppointmentBooked);
    CHECK(reading.parsed.events[1].kind == EventKind::AppointmentCancelled);
}

TEST_CASE("the death of a patient in a bundle is told, once", "[clinic][fhir]") {
    const std::string dead =
        "{'resource':{'resourceType':'Patient','id':'1','deceasedBoolean':true,"
        "'identifier':[{'system':'urn:oid:1.2','value':'7'}]}}";
    const Submission alone = only_event(read_text(bundle("collection", dead)));
    CHECK(alone.kind == EventKind::ClientDeceased);
    CHECK(alone.occurred_at == utc("2026-07-09T12:00:00Z"));
    CHECK(alone.source_msg_id.rfind("northside|Patient|1||", 0) == 0);
    const std::string visit =
        "{'resource':{'resourceType':'Encounter','id':'e','status':'finished','class':{'code':"
        "'IMP'},'period':{'end':'2026-07-08'},'subject':{'reference':'Patient/1'}}},";
    const Reading both = read_text(bundle("collection", visit + dead));
    check_ending(both);
    REQUIRE(both.parsed.events.size() == 2);
    CHECK(both.parsed.events[1].kind == EventKind::ClientDeceased);
    CHECK(read_text("{'resourceType':'Patient','deceasedBoolean':true}").disposal ==
          Disposal::NotActedOn);
}

TEST_CASE("labels of the bundle hold for all it tells", "[clinic][fhir]") {
    std::string text = bundle("collection", "{'resource':" + appointment("booked") + "}");
    text.insert(1, "'meta':{'security':[{'code':'PSYTHPN'}]},");
    CHECK(only_event(read_text(text)).labels.has(SecurityLabel::Psychotherapy));
}

TEST_CASE("test data is refused unless the feed takes it", "[clinic][fhir]") {
    const std::string text = appointment("booked", "'meta':{'tag':[{'code':'HTEST'}]},");
    const Reading refused = read_text(text);
    REQUIRE(refused.refusal);
    CHECK(refused.refusal->reason == RefusalReason::ProcessingIdNotAllowed);
    CHECK(refused.refusal->field == "Appointment.meta");
    Site site = test_site();
    site.allow_test = true;
    CHECK(read_text(text, site).disposal == Disposal::Events);
}

TEST_CASE("what may change the meaning in unknown ways is refused", "[clinic][fhir]") {
    const Reading reading =
        read_text(appointment("booked", "'modifierExtension':[{'url':'urn:not'}],"));
    REQUIRE(reading.refusal);
    CHECK(reading.refusal->field == "Appointment.modifierExtension");
}

TEST_CASE("other resources are the feed's choice", "[clinic][fhir]") {
    CHECK(read_text("{'resourceType':'Observation','id':'1'}").disposal == Disposal::NotActedOn);
    Site site = test_site();
    site.unknown = UnknownTrigger::Reject;
    const Reading reading = read_text("{'resourceType':'Jane Doe'}", site);
    REQUIRE(reading.refusal);
    CHECK(reading.refusal->reason == RefusalReason::KindNotInCapability);
    CHECK(reading.refusal->field == "Resource");
    CHECK_FALSE(tells(reading, "Jane"));
}

TEST_CASE("a deletion without a resource is told, not guessed", "[clinic][fhir]") {
    const Reading reading =
        read_text(bundle("transaction", "{'request':{'method':'DELETE','url':'Appointment/a1'}}"));
    CHECK(reading.disposal == Disposal::NotActedOn);
    CHECK(has_finding_at(reading, "Bundle.entry[0].request"));
    const Reading last_body =
        read_text(bundle("batch", "{'resource':" + appointment("booked") +
                                      ",'request':{'method':'DELETE','url':'Appointment/a1'}}"));
    CHECK(last_body.disposal == Disposal::NotActedOn);
    CHECK(has_finding_at(last_body, "Bundle.entry[0].request"));
}

TEST_CASE("the same bytes are the same events, other bytes have other ids", "[clinic][fhir]") {
    const std::string text = appointment("booked");
    CHECK(read_text(text).parsed.events == read_text(text).parsed.events);
    const Submission first = only_event(read_text(text));
    const Submission second = only_event(read_text(text + " "));
    CHECK(first.source_msg_id != second.source_msg_id);
    CHECK(first.raw_sha256 == read_text(text).digest);
    CHECK(first.business_key == second.business_key);
}

TEST_CASE("a document is what the address says it is", "[clinic][fhir]") {
    const std::string text = in_quotes(appointment("booked"));
    const auto read_as = [&](const std::string& type, const std::string& id) {
        return read_fhir(as_bytes(text), test_site(), {type, id});
    };
    CHECK(read_as("Appointment", "a1").disposal == Disposal::Events);
    CHECK(read_as("Appointment", "").disposal == Disposal::Events);
    const Reading type = read_as("Encounter", "a1");
    REQUIRE(type.refusal);
    CHECK(type.refusal->reason == RefusalReason::PayloadMismatch);
    CHECK(type.refusal->field == "Appointment.resourceType");
    const Reading id = read_as("Appointment", "a2");
    REQUIRE(id.refusal);
    CHECK(id.refusal->field == "Appointment.id");
}
