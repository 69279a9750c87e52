// Documents nobody meant: bounds, wrong types, broken text. Each ends well and repeats nothing.
#include <algorithm>
#include <set>

#include "adapters/clinic/fhir/test_document.hpp"
#include "adapters/clinic/limits.hpp"
#include "hub/base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic::fhir;
using carehub::adapters::clinic::kFhirDepthMax;
using carehub::adapters::clinic::kFhirDocumentBytesMax;
using carehub::adapters::clinic::kFhirEntriesMax;
using carehub::adapters::clinic::kFhirItemsMax;

namespace {

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) {
        text += (i == 0 || piece.size() == 1 ? "" : ",") + std::string(piece);
    }
    return text;
}

RefusalReason reason_of(const Reading& reading) {
    check_ending(reading);
    return reading.refusal ? reading.refusal->reason : RefusalReason::None;
}

/// A document in which every kind of element that is read appears.
std::string rich() {
    return bundle(
        "message",
        "{'fullUrl':'urn:uuid:1','resource':{'resourceType':'MessageHeader','id':'m',"
        "'meta':{'security':[{'code':'SUD'}]},'eventCoding':{'code':'S14','system':'urn:e'},"
        "'source':{'endpoint':'http://s','name':'S'},'sender':{'reference':'urn:uuid:5'},"
        "'focus':[{'reference':'urn:uuid:2'},{'reference':'urn:uuid:3'}]}},"
        "{'fullUrl':'urn:uuid:2','resource':{'resourceType':'Appointment','id':'a',"
        "'meta':{'versionId':'1','lastUpdated':'2026-07-01T00:00:00Z','tag':[{'code':'x'}]},"
        "'identifier':[{'use':'usual','type':{'coding':[{'code':'FILL'}]},'system':'urn:oid:1.2',"
        "'value':'A'}],'status':'booked','cancelationReason':{'coding':[{'code':'pat'}],"
        "'text':'t'},'serviceType':[{'coding':[{'code':'52'}]}],'appointmentType':{'coding':["
        "{'code':'WALKIN'}]},'start':'2026-07-09T14:00:00Z','end':'2026-07-09T14:30:00Z',"
        "'minutesDuration':30,'created':'2026-07-01','participant':[{'type':[{'coding':[{'code':"
        "'SBJ'}]}],'actor':{'reference':'urn:uuid:4','type':'Patient'},'required':'required',"
        "'status':'accepted'},{'actor':{'reference':'#l'}},{'actor':{'reference':"
        "'Practitioner/1','display':'Dr'}}],'contained':[{'resourceType':'Location','id':'l',"
        "'name':'N','identifier':[{'value':'L1'}]}]}},"
        "{'fullUrl':'urn:uuid:3','resource':{'resourceType':'Encounter','id':'e','status':'onleave'"
        ","
        "'statusHistory':[{'status':'onleave','period':{'start':'2026-07-08'}}],'class':{'code':"
        "'IMP'},'type':[{'coding':[{'code':'T'}]}],'serviceType':{'coding':[{'code':'S'}]},"
        "'subject':{'reference':'urn:uuid:4','identifier':{'system':'urn:oid:9','value':'9'}},"
        "'appointment':[{'reference':'urn:uuid:2'}],'period':{'start':'2026-07-01',"
        "'end':'2026-07-09'},'hospitalization':{'dischargeDisposition':{'coding':[{'code':'home'}]}"
        ","
        "'destination':{'reference':'Location/9'}},'location':[{'location':{'reference':"
        "'Location/1'},'status':'active','period':{'start':'2026-07-01'}}],"
        "'serviceProvider':{'reference':'urn:uuid:5','display':'D'}}},"
        "{'fullUrl':'urn:uuid:4','resource':{'resourceType':'Patient','id':'p','meta':{'security':["
        "{'code':'HIV'}]},'deceasedBoolean':false,'deceasedDateTime':'2026-07-09','identifier':["
        "{'type':{'coding':[{'code':'MR'}]},'system':'urn:oid:1.2','value':'7'}]}},"
        "{'fullUrl':'urn:uuid:5','resource':{'resourceType':'Organization','id':'o','name':'O',"
        "'identifier':[{'value':'OO'}]}}");
}

/// Where each value of the text begins and ends: strings and literals, by plain scanning.
std::vector<std::pair<std::size_t, std::size_t>> values_of(const std::string& json) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (std::size_t at = json.find(':'); at != std::string::npos; at = json.find(':', at + 1)) {
        if (json[at + 1] != '"') {
            continue;
        }
        const std::size_t end = json.find('"', at + 2);
        if (end != std::string::npos && json[at - 1] == '"') {
            found.emplace_back(at + 1, end + 1);
        }
    }
    return found;
}

/// The members whose values are lists or objects: from the bracket to its partner.
std::vector<std::pair<std::size_t, std::size_t>> containers_of(const std::string& json) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    std::vector<std::size_t> open;
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at] == '{' || json[at] == '[') {
            open.push_back(at);
        } else if (json[at] == '}' || json[at] == ']') {
            found.emplace_back(open.back(), at + 1);
            open.pop_back();
        }
    }
    return found;
}

}  // namespace

TEST_CASE("the rich document is read before it is broken", "[clinic][fhir][hostile]") {
    const Reading reading = read_text(rich());
    check_ending(reading);
    CHECK(reading.parsed.events.size() == 3);
}

TEST_CASE("any value of any wrong type is survived, and none is repeated",
          "[clinic][fhir][hostile]") {
    const std::string json = in_quotes(rich());
    auto places = values_of(json);
    const auto containers = containers_of(json);
    places.insert(places.end(), containers.begin(), containers.end());
    REQUIRE(places.size() > 150);
    const char* wrong[] = {"5",
                           "-1.5e300",
                           "true",
                           "null",
                           "[]",
                           "{}",
                           "[null]",
                           "[[[\"SECRET\"]]]",
                           "\"\"",
                           "{\"SECRET\":{\"SECRET\":1}}",
                           "\"SECRET\\u0000\\n SECRET\"",
                           "18446744073709551615"};
    // Every third wrong value at a place, another third at the next: all meet all kinds of place.
    const Site site = test_site();
    std::size_t turn = 0;
    for (const auto& [begin, end] : places) {
        ++turn;
        for (std::size_t i = turn % 3; i < std::size(wrong); i += 3) {
            const std::string text = json.substr(0, begin) + wrong[i] + json.substr(end);
            INFO(text.substr(begin > 40 ? begin - 40 : 0, 80));
            const Reading reading = read_fhir(as_bytes(text), site);
            check_ending(reading);
            CHECK_FALSE(tells(reading, "SECRET"));
        }
    }
}

TEST_CASE("documents too large or too deep are refused as such", "[clinic][fhir][hostile]") {
    const std::string large = "{'a':'" + std::string(kFhirDocumentBytesMax, 'x') + "'}";
    CHECK(reason_of(read_text(large)) == RefusalReason::TooLarge);
    const auto nested = [](std::size_t depth) {
        return "{'resourceType':'Appointment','contained':" + std::string(depth, '[') +
               std::string(depth, ']') + ",'status':'booked'}";
    };
    CHECK(reason_of(read_text(nested(kFhirDepthMax))) == RefusalReason::FormatUnreadable);
    CHECK(reason_of(read_text(nested(kFhirDepthMax - 1))) != RefusalReason::FormatUnreadable);
    CHECK(reason_of(read_text(std::string(500'000, '['))) == RefusalReason::FormatUnreadable);
    CHECK(reason_of(read_text("{'a':" + repeated("{'a':", 100'000))) ==
          RefusalReason::FormatUnreadable);
}

TEST_CASE("a property told twice is refused where it stands", "[clinic][fhir][hostile]") {
    const Reading top = read_text(appointment("booked", "'status':'cancelled',"));
    CHECK(reason_of(top) == RefusalReason::FormatUnreadable);
    CHECK(top.refusal->field == "status");
    const Reading deep = read_text(
        bundle("batch",
               "{},{'resource':{'resourceType':'Encounter','period':{'start':'1','start':'2'}}}"));
    CHECK(deep.refusal->field == "entry[1].resource.period.start");
    const Reading unknown = read_text("{'resourceType':'Patient','Jane Doe':{'x':1,'x':2}}");
    CHECK(reason_of(unknown) == RefusalReason::FormatUnreadable);
    CHECK_FALSE(tells(unknown, "Jane"));
    // Written differently, it is the same name.
    CHECK(reason_of(read_text("{'resourceType':'Patient','\\u0069d':'1','id':'2'}")) ==
          RefusalReason::FormatUnreadable);
}

TEST_CASE("what is not JSON, not UTF-8 or not one object is refused", "[clinic][fhir][hostile]") {
    for (const char* text :
         {"", " ", "{", "[]", "null", "'x'", "5", "{}{}", "{'a':1,}", "{'a':NaN}", "<Appointment/>",
          "{'a':'\x01'}", "{'a':'\\ud800'}", "// x\n{}"}) {
        INFO(text);
        CHECK(reason_of(read_text(text)) == RefusalReason::FormatUnreadable);
    }
    CHECK(reason_of(read_text("{}")) == RefusalReason::MissingField);
    CHECK(reason_of(read_text("{'resourceType':7}")) == RefusalReason::MissingField);
    for (const char* text : {"{'a':'\xFF'}", "{'a':'\xC0\x80'}", "{'a':'\xED\xA0\x80'}"}) {
        CHECK(reason_of(read_text(text)) == RefusalReason::CharacterSet);
    }
    const std::string with_nul("{'resourceType':'Patient','id':'\0'}", 34);
    CHECK(reason_of(read_text(with_nul)) == RefusalReason::FormatUnreadable);
    CHECK(read_text("\xEF\xBB\xBF" + appointment("booked")).disposal == Disposal::Events);
}

TEST_CASE("long lists are bounded", "[clinic][fhir][hostile]") {
    const std::string participants =
        repeated("{'actor':{'reference':'Patient/1'}}", kFhirItemsMax + 1);
    const Reading crowd = read_text(
        "{'resourceType':'Appointment','id':'a','status':'booked','start':"
        "'2026-07-09T14:00:00Z','participant':[" +
        participants + "]}");
    CHECK(reason_of(crowd) == RefusalReason::TooManyItems);
    CHECK(crowd.refusal->field == "Appointment.participant");
    CHECK(reason_of(read_text(bundle("batch", repeated("{}", kFhirEntriesMax + 1)))) ==
          RefusalReason::TooManyItems);
    CHECK(reason_of(read_text(bundle("batch", repeated("{}", kFhirEntriesMax)))) ==
          RefusalReason::None);
    const std::string identifiers = "{'resourceType':'Patient','id':'p','identifier':[" + [] {
        std::string all;
        for (int i = 0; i < 300; ++i) {
            all += (i == 0 ? "" : ",") + std::string("{'system':'urn:x','value':'") +
                   std::to_string(i) + "'}";
        }
        return all;
    }() + "]}";
    const Reading many = read_text(appointment("booked", "'contained':[" + identifiers + "],"));
    CHECK(many.disposal == Disposal::Events);
    std::string with_many = appointment("booked", "'contained':[" + identifiers + "],");
    const std::string by_identifier = "'identifier':{'system':'urn:oid:1.2.3','value':'7'}";
    with_many.replace(with_many.find(by_identifier), by_identifier.size(), "'reference':'#p'");
    CHECK(only_event(read_text(with_many)).identifiers.size() == kIdentifiersMax);
}

TEST_CASE("few patients named often do not become many events", "[clinic][fhir][hostile]") {
    std::string participants;
    for (int i = 0; i < 200; ++i) {
        participants += (i == 0 ? "" : ",") + std::string("{'actor':{'reference':'Patient/") +
                        std::to_string(i) + "'}}";
    }
    const std::string one =
        "{'resource':{'resourceType':'Appointment','id':'a','status':'booked','start':"
        "'2026-07-09T14:00:00Z','participant':[" +
        participants + "]}}";
    CHECK(reason_of(read_text(bundle("batch", repeated(one, 6)))) == RefusalReason::TooManyItems);
    CHECK(read_text(bundle("batch", repeated(one, 5))).parsed.events.size() == 1'000);
}

TEST_CASE("a document made to be slow is read all the same", "[clinic][fhir][hostile]") {
    const auto list = [](std::string_view item, std::size_t count) {
        return "[" + repeated(item, count) + "]";
    };
    const std::string names = list("{'value':'1'}", kFhirItemsMax);
    const std::string place =
        "{'resource':{'resourceType':'Location','id':'l','identifier':" + names +
        "}},{'resource':{'resourceType':'Patient','id':'p',"
        "'identifier':" +
        names + "}},";
    const std::string stay =
        "{'resource':{'resourceType':'Encounter','status':'finished','subject':{'reference':"
        "'Patient/p'},'period':{'end':'2026-07-08'},'location':" +
        list("{'location':{'reference':'Location/l'}}", kFhirItemsMax) + "}}";
    const Reading stays = read_text(bundle("batch", place + repeated(stay, 9)));
    check_ending(stays);
    CHECK(stays.parsed.events.size() == 9);
    const std::string meeting =
        "{'resource':{'resourceType':'Appointment','status':'proposed','contained':" +
        list("{'id':'x'}", kFhirItemsMax) + ",'id':'a','start':'2026-07-09T14:00:00Z'," +
        "'participant':" + list("{'actor':{'reference':'#y','type':'Patient'}}", kFhirItemsMax) +
        "}}";
    const Reading meetings = read_text(bundle("batch", repeated(meeting, 9)));
    CHECK(meetings.parsed.refusals.size() == 9);
}

TEST_CASE("values too long for the hub are dropped, never cut", "[clinic][fhir][hostile]") {
    const std::string long_text(5'000, 'z');
    const Reading reading = read_text(
        appointment("booked", "'identifier':[{'system':'urn:oid:1.2','value':'" + long_text +
                                  "'},"
                                  "{'system':'urn:oid:1.2','value':'ok'}],'meta':{'versionId':'" +
                                  long_text + "'},"));
    check_ending(reading);
    CHECK(only_event(reading).business_key == "northside|1.2|ok");
    const Reading system = read_text(
        "{'resourceType':'Encounter','id':'e','status':'finished','period':{'end':'2026-07-08'},"
        "'subject':{'identifier':{'system':'" +
        long_text + "','value':'7'}}}");
    CHECK(reason_of(system) == RefusalReason::MissingField);
    CHECK(reason_of(read_text(appointment("booked", "'id2':'x','meta':{'versionId':'a|b'},"))) ==
          RefusalReason::None);
}

TEST_CASE("a separator inside a value stays inside its part of a key", "[clinic][fhir][hostile]") {
    const Submission event = only_event(
        read_text(appointment("booked", "'identifier':[{'system':'urn:a|b','value':'c|d'}],")));
    CHECK(event.business_key == "northside|urn:a%7Cb|c%7Cd");
}

TEST_CASE("mutants of a document are read or refused", "[clinic][fhir][hostile]") {
    const std::string json = in_quotes(rich());
    const Site site = test_site();
    Prng prng(4'711);
    for (int i = 0; i < 3'000; ++i) {
        std::string text = json;
        for (std::uint64_t change = 0; change <= prng.below(4); ++change) {
            const std::size_t at = prng.below(text.size());
            switch (prng.below(4)) {
                case 0: text[at] = static_cast<char>(prng.next()); break;
                case 1: text.erase(at, prng.below(20)); break;
                case 2:
                    text.insert(at, text.substr(prng.below(text.size()), prng.below(60)));
                    break;
                default: text[at] = "{}[]\":,0\\"[prng.below(9)]; break;
            }
        }
        const Reading reading = read_fhir(as_bytes(text), site);
        const bool has_events = !reading.parsed.events.empty();
        REQUIRE(has_events == (reading.disposal == Disposal::Events));
        REQUIRE(reading.refusal.has_value() == (reading.disposal == Disposal::Refused));
    }
}

TEST_CASE("a document cut anywhere is refused", "[clinic][fhir][hostile]") {
    const std::string json = in_quotes(rich());
    const Site site = test_site();
    for (std::size_t size = 0; size < json.size(); size += 3) {
        const Reading reading = read_fhir(as_bytes(std::string_view(json).substr(0, size)), site);
        REQUIRE(reading.disposal == Disposal::Refused);
    }
}
