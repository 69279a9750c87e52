// Which appointment a document speaks of, and of whom and of when where it says little.
#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;

namespace {

Reading put(const std::string& text, const std::string& again = {}) {
    return read_fhir(as_bytes(in_quotes(text)), test_site(), {"Appointment", "a1", again});
}

std::string key_of(const Reading& reading) { return only_event(reading).business_key; }

std::string without_start(const std::string& status, const std::string& more = {}) {
    return "{'resourceType':'Appointment','id':'a1'," + more + "'status':'" + status +
           "','participant':[{'actor':{'reference':'Patient/1'}}]}";
}

constexpr const char* kAB =
    "'identifier':[{'system':'urn:a','value':'1'},{'system':'urn:b','value':'2'}],";
constexpr const char* kBA =
    "'identifier':[{'system':'urn:b','value':'2'},{'system':'urn:a','value':'1'}],";

}  // namespace

TEST_CASE("an appointment sent alone is known by its id", "[clinic][fhir]") {
    const std::string key = "northside|CLINIC|a1";
    CHECK(key_of(put(appointment("booked"))) == key);
    CHECK(key_of(put(appointment("booked", kAB))) == key);
    CHECK(key_of(put(appointment("cancelled", kBA))) == key);
    const std::string posted = in_quotes(appointment("booked", kAB));
    CHECK(key_of(read_fhir(as_bytes(posted), test_site(), {"Appointment", ""})) == key);
    const char* filler =
        "'identifier':[{'system':'urn:a','value':'1'},{'system':'urn:oid:1.2.9','value':'F1',"
        "'type':{'coding':[{'code':'FILL'}]}}],";
    CHECK(key_of(put(appointment("booked", filler))) == "northside|1.2.9|F1");
}

TEST_CASE("the order of identifiers does not make another appointment", "[clinic][fhir]") {
    CHECK(key_of(read_text(appointment("booked", kAB))) == "northside|urn:a|1");
    CHECK(key_of(read_text(appointment("booked", kBA))) == "northside|urn:a|1");
}

TEST_CASE("the same body put again after another is another telling, unless it has a version",
          "[clinic][fhir]") {
    const auto id_of = [](const std::string& more, const std::string& again) {
        return only_event(put(appointment("booked", more), again)).source_msg_id;
    };
    CHECK(id_of("", "") == id_of("", ""));
    CHECK(id_of("", "5") == id_of("", "5"));
    CHECK(id_of("", "5") != id_of("", ""));
    CHECK(id_of("", "5") != id_of("", "6"));
    CHECK(id_of("'meta':{'versionId':'3'},", "5") == id_of("'meta':{'versionId':'3'},", ""));
}

TEST_CASE("a cancel needs no time, but one of when it was said", "[clinic][fhir]") {
    const std::string meta = "'meta':{'lastUpdated':'2026-07-02T08:00:00Z'},";
    const std::pair<const char*, EventKind> table[] = {
        {"cancelled", EventKind::AppointmentCancelled},
        {"entered-in-error", EventKind::AppointmentDeleted}};
    for (const auto& [status, kind] : table) {
        INFO(status);
        const Reading reading = read_text(without_start(status, meta));
        check_ending(reading);
        const Submission event = only_event(reading);
        CHECK(event.kind == kind);
        CHECK(event.occurred_at == utc("2026-07-02T08:00:00Z"));
        CHECK(event.time_flags.empty());
        CHECK(std::get<ObligationClaim>(event.payload).start == kUnknownTime);
        CHECK(std::get<ObligationClaim>(event.payload).end == kUnknownTime);
        CHECK(has_finding_at(reading, "Appointment.start"));
        const Reading undated = read_text(without_start(status));
        REQUIRE(undated.disposal == Disposal::Refused);
        CHECK(undated.refusal->field == "Appointment.meta.lastUpdated");
    }
    CHECK(only_event(read_text(without_start("cancelled",
                                             meta + "'cancelationReason':{'text':'no show'},")))
              .kind == EventKind::AppointmentNoShow);
    CHECK(read_text(without_start("noshow", meta)).disposal == Disposal::Refused);
}

TEST_CASE("a no-show reason may stand in the display of a coding", "[clinic][fhir]") {
    CHECK(only_event(read_text(appointment(
                         "cancelled",
                         "'cancelationReason':{'coding':[{'code':'12','display':'No show'}]},")))
              .kind == EventKind::AppointmentNoShow);
}

TEST_CASE("a reference that leads to nothing refuses an appointment of nobody else",
          "[clinic][fhir]") {
    const auto with = [](const std::string& participants) {
        return read_text(
            "{'resourceType':'Appointment','id':'a','status':'booked','created':'2026-07-01',"
            "'start':'2026-07-09T14:00:00Z','participant':[" +
            participants + "]}");
    };
    for (const char* reference : {"#nope", "urn:uuid:00000000-0000-4000-8000-0000000001ff"}) {
        INFO(reference);
        const std::string dangling =
            "{'actor':{'reference':'" + std::string(reference) + "'},'status':'accepted'}";
        const Reading alone = with(dangling);
        REQUIRE(alone.disposal == Disposal::Refused);
        CHECK(alone.refusal->reason == RefusalReason::UnknownReference);
        CHECK(alone.refusal->field == "Appointment.participant[0].actor");
        const Reading beside = with(dangling + ",{'actor':{'reference':'Patient/1'}}");
        CHECK(beside.parsed.events.size() == 1);
        CHECK(has_finding_at(beside, "Appointment.participant[0].actor"));
    }
    CHECK(with("{'actor':{'reference':'#d','type':'Practitioner'},'status':'accepted'}").disposal ==
          Disposal::NotActedOn);
}

TEST_CASE("a document that ends too early is told where", "[clinic][fhir]") {
    const Reading reading = read_text("{'resourceType':'Appointment','id':'a");
    REQUIRE(reading.disposal == Disposal::Refused);
    CHECK(tells(reading, "byte 37"));
    CHECK(tells(read_text("{}{}"), "byte 2"));
    CHECK(read_text("{'resourceType':'Observation'} \n ").disposal == Disposal::NotActedOn);
}

TEST_CASE("a death that an encounter told is not asked for again", "[clinic][fhir]") {
    const Reading reading = read_text(
        "{'resourceType':'Bundle','type':'transaction','entry':[{'resource':{'resourceType':"
        "'Patient','id':'p','identifier':[{'value':'7'}],'deceasedBoolean':true}},{'resource':{"
        "'resourceType':'Encounter','id':'e','meta':{'lastUpdated':'2026-07-09T12:00:00Z'},"
        "'status':'in-progress','class':{'code':'AMB'},'subject':{'reference':'Patient/p'},"
        "'period':{'start':'2026-07-09T10:00:00Z'}}}]}");
    CHECK(reading.parsed.events.size() == 2);
    CHECK_FALSE(tells(reading, "death without"));
}
