// What each Slot of FHIR R4 (section 12.3) says, expected by the standard's own words.
#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;

namespace {

std::string slot(
    std::string_view status, std::string_view more = {},
    std::string_view times = "'start':'2026-07-09T17:00:00Z','end':'2026-07-09T17:30:00Z'") {
    return "{'resourceType':'Slot','id':'s1','schedule':{'reference':'Schedule/elm'},'status':'" +
           std::string(status) + "'," + std::string(more) + std::string(times) + "}";
}

const ResourceClaim& claim_of(const Submission& event) {
    return std::get<ResourceClaim>(event.payload);
}

}  // namespace

TEST_CASE("free opens the time of a slot, every other status closes it", "[clinic][fhir]") {
    for (const char* status : {"busy", "busy-unavailable", "busy-tentative", "entered-in-error"}) {
        INFO(status);
        CHECK(only_event(read_text(slot(status))).kind == EventKind::ScheduleBlocked);
    }
    const Reading reading = read_text(slot("free"));
    check_ending(reading);
    const Submission event = only_event(reading);
    CHECK(event.kind == EventKind::ScheduleUnblocked);
    CHECK(event.business_key == "northside|CLINIC|s1");
    CHECK(event.identifiers.empty());
    CHECK(claim_of(event).schedule_id == "elm");
    CHECK(claim_of(event).from == utc("2026-07-09T17:00:00Z"));
    CHECK(claim_of(event).to == utc("2026-07-09T17:30:00Z"));
    CHECK(claim_of(event).obligation_class == ObligationClass::Unset);
    // Nothing of it tells when it was said.
    CHECK(has_finding_at(reading, "Slot.meta.lastUpdated"));
    CHECK(event.occurred_at == utc("2026-07-09T17:00:00Z"));
    const Reading told = read_text(slot("free", "'meta':{'lastUpdated':'2026-07-02T08:00:00Z'},"));
    CHECK(only_event(told).occurred_at == utc("2026-07-02T08:00:00Z"));
    CHECK(told.parsed.findings.empty());
}

TEST_CASE("a slot is for what the feed's classes say of its service", "[clinic][fhir]") {
    Site site = test_site();
    site.obligation_classes["DOSE"] = ObligationClass::MedicationDosing;
    const Submission event = only_event(read_text(
        slot("free", "'serviceType':[{'coding':[{'system':'urn:x','code':'DOSE'}]}],"), site));
    CHECK(claim_of(event).obligation_class == ObligationClass::MedicationDosing);
}

TEST_CASE("the place of a slot is that of its schedule", "[clinic][fhir]") {
    const std::string held =
        "{'resourceType':'Slot','id':'s1','contained':[{'resourceType':'Schedule','id':'x',"
        "'actor':[{'reference':'Location/elm-2'}]}],'schedule':{'reference':'#x'},'status':'free',"
        "'identifier':[{'system':'urn:x','value':'77'}],"
        "'start':'2026-07-09T17:00:00Z','end':'2026-07-09T17:30:00Z'}";
    const Reading reading = read_text(held);
    // A contained schedule has no name of its own outside.
    CHECK(tells(reading, "schedule"));
    const Submission event = only_event(
        read_text(bundle("transaction", "{'resource':" + slot("free") +
                                            "},{'resource':{'resourceType':'Schedule','id':'elm',"
                                            "'actor':[{'reference':'Location/elm-2'}]}}")));
    CHECK(claim_of(event).schedule_id == "elm");
    CHECK(claim_of(event).location.id == "elm-2");
}

TEST_CASE("a slot without status, time or schedule is refused by its element", "[clinic][fhir]") {
    CHECK(tells(read_text(slot("open")), "status"));
    CHECK(tells(read_text(slot("free", "", "'start':'2026-07-09T17:00:00Z'")), "end"));
    CHECK(tells(read_text(slot("free", "", "'end':'2026-07-09T17:00:00Z'")), "start"));
    CHECK(tells(
        read_text(slot("free", "", "'start':'2026-07-09T17:00:00Z','end':'2026-07-09T17:00:00Z'")),
        "end"));
    CHECK(tells(read_text("{'resourceType':'Slot','id':'s1','status':'free','start':"
                          "'2026-07-09T17:00:00Z','end':'2026-07-09T17:30:00Z'}"),
                "schedule"));
}
