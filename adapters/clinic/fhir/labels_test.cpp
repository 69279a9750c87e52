// Security labels of FHIR documents (domain/09): none may be lost on the way to the event.
#include "adapters/clinic/fhir/test_document.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;

namespace {

std::string marked(std::string_view security) {
    return appointment("booked", "'meta':{'security':" + std::string(security) + "},");
}

Labels labels_of(std::string_view security) {
    return only_event(read_text(marked(security))).labels;
}

/// With a location, in the document or beside it.
std::string at_place(std::string_view reference, std::string_view more) {
    return "{'resourceType':'Appointment','id':'a1'," + std::string(more) +
           "'status':'booked','start':'2026-07-09T14:00:00Z','created':'2026-07-01','participant':["
           "{'actor':{'identifier':{'system':'urn:oid:1.2.3','value':'7'},'type':'Patient'}},"
           "{'actor':{'reference':'" +
           std::string(reference) + "'}}]}";
}

constexpr const char* kDetox =
    "{'resourceType':'Location','id':'l','meta':{'security':[{'code':'42CFRPart2'}]}}";

}  // namespace

TEST_CASE("every label that has a guard is guarded, in any case", "[clinic][fhir]") {
    const std::pair<const char*, SecurityLabel> table[] = {
        {"[{'code':'SDV'}]", SecurityLabel::DvProtected},
        {"[{'code':'DV'}]", SecurityLabel::DvProtected},
        {"[{'code':'LOCIS'}]", SecurityLabel::LocationProtected},
        {"[{'code':'BH'}]", SecurityLabel::MentalHealth},
        {"[{'code':'mh'}]", SecurityLabel::MentalHealth},
        {"[{'code':'42CFRPART2'}]", SecurityLabel::Part2},
        {"{'code':'42CFRPart2'}", SecurityLabel::Part2},
        {"[{'code':'V'}]", SecurityLabel::LocationProtected},
        {"[{'code':'R'}]", SecurityLabel::LocationProtected},
        {"[{'code':'STD'}]", SecurityLabel::LocationProtected}};
    for (const auto& [security, label] : table) {
        INFO(security);
        CHECK(labels_of(security).has(label));
    }
    CHECK(labels_of("[{'code':'N'}]").empty());
    CHECK_FALSE(labels_of("[{'code':'R'},{'code':'SUD'}]").has(SecurityLabel::LocationProtected));
}

TEST_CASE("a label that nobody knows is a finding, and the profile may name it", "[clinic][fhir]") {
    const Reading unknown = read_text(marked("[{'code':'HOUSE'}]"));
    CHECK(only_event(unknown).labels.empty());
    CHECK(has_finding_at(unknown, "Appointment.meta.security[0]"));
    Site site = test_site();
    site.labels["HOUSE"].add(SecurityLabel::Part2);
    CHECK(
        only_event(read_text(marked("[{'code':'House'}]"), site)).labels.has(SecurityLabel::Part2));
}

TEST_CASE("a label that cannot be read refuses the resource", "[clinic][fhir]") {
    const std::string refused[] = {
        appointment("booked", "'meta':[{'security':[{'code':'SUD'}]}],"),
        appointment("booked", "'meta':'SUD',"),
        marked("['42CFRPart2']"),
        marked("'42CFRPart2'"),
        marked("[{'code':['42CFRPart2']}]"),
        marked("[{'code':7}]"),
        marked("[{'display':'Part 2'}]"),
        marked("[null]"),
        at_place("#l",
                 "'contained':[{'resourceType':'Location','id':'l','meta':{'security':['SUD']}}],"),
        bundle("collection", "{'resource':" + marked("['SUD']") + "}")};
    for (const std::string& text : refused) {
        INFO(text);
        const Reading reading = read_text(text);
        REQUIRE(reading.disposal == Disposal::Refused);
        CHECK(reading.refusal->reason == RefusalReason::InvalidField);
        CHECK(reading.refusal->field.find("meta") != std::string::npos);
        CHECK_FALSE(tells(reading, "SUD"));
    }
    std::string many = "[{'code':'N'}";
    for (int i = 0; i < 256; ++i) {
        many += ",{'code':'N'}";
    }
    CHECK(read_text(marked(many + "]")).disposal == Disposal::Refused);
}

TEST_CASE("labels of what a resource contains or refers to are its own", "[clinic][fhir]") {
    const auto is_part2 = [](const std::string& text) {
        return only_event(read_text(text)).labels.has(SecurityLabel::Part2);
    };
    CHECK(is_part2(at_place("#l", "'contained':[" + std::string(kDetox) + "],")));
    CHECK(is_part2(bundle("collection", "{'resource':" + at_place("Location/l", "") +
                                            "},{'resource':" + kDetox + "}")));
    CHECK(is_part2(encounter("in-progress",
                             "'period':{'start':'2026-07-09T10:00:00Z'},'location':[{'location':{"
                             "'reference':'#l'}}],'contained':[" +
                                 std::string(kDetox) + "],")));
    CHECK_FALSE(is_part2(bundle("collection", "{'resource':" + at_place("Location/m", "") +
                                                  "},{'resource':" + kDetox + "}")));
}

TEST_CASE("a label of one patient of a group does not go with the others", "[clinic][fhir]") {
    const Reading reading = read_text(
        "{'resourceType':'Appointment','id':'a','status':'booked','created':'2026-07-01',"
        "'start':'2026-07-09T14:00:00Z','contained':[{'resourceType':'Patient','id':'p',"
        "'meta':{'security':[{'code':'SUD'}]},'identifier':[{'value':'1'}]},"
        "{'resourceType':'Patient','id':'q','identifier':[{'value':'2'}]}],'participant':["
        "{'actor':{'reference':'#p'}},{'actor':{'reference':'#q'}}]}");
    REQUIRE(reading.parsed.events.size() == 2);
    CHECK(reading.parsed.events[0].labels.has(SecurityLabel::Part2));
    CHECK(reading.parsed.events[1].labels.empty());
}

TEST_CASE("a modifier extension anywhere in what is read refuses it", "[clinic][fhir]") {
    constexpr const char* kModifier =
        "'modifierExtension':[{'url':'http://x/not','valueBoolean':true}]";
    const auto place_of = [](const std::string& text) {
        const Reading reading = read_text(text);
        REQUIRE(reading.disposal == Disposal::Refused);
        CHECK_FALSE(tells(reading, "http"));
        return reading.refusal->field;
    };
    CHECK(place_of("{'resourceType':'Appointment','id':'a','status':'booked','start':"
                   "'2026-07-09T14:00:00Z','participant':[{'actor':{'reference':'Patient/1'}," +
                   std::string(kModifier) + "}]}") ==
          "Appointment.participant[0].modifierExtension");
    CHECK(place_of(encounter("finished", "'hospitalization':{" + std::string(kModifier) + "},")) ==
          "Encounter.hospitalization.modifierExtension");
    CHECK(place_of(appointment("booked", "'contained':[{'resourceType':'Patient','id':'p'," +
                                             std::string(kModifier) + "}],")) ==
          "Appointment.contained[0].modifierExtension");
    CHECK(place_of(bundle("transaction", "{'resource':" + at_place("Patient/p", "") +
                                             "},{'resource':{'resourceType':'Patient','id':'p'," +
                                             kModifier + "}}")) ==
          "Bundle.entry[1].resource.modifierExtension");
    const Reading parts = read_text(
        bundle("collection", "{'resource':" + appointment("booked", std::string(kModifier) + ",") +
                                 "},{'resource':" + appointment("booked") + "}"));
    CHECK(parts.parsed.events.size() == 1);
    CHECK(parts.parsed.refusals.size() == 1);
}
