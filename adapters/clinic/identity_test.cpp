#include "adapters/clinic/test_site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

const std::string kEvn = "EVN||20260709115900|||op|20260709113000";
const std::string kPid = "PID|1||7001^^^NORTH^MR||DOE^JANE";
const std::string kOther = "PID|2||8002^^^NORTH^MR||DOE^JANE";

std::string msh(std::string_view trigger) {
    return "MSH|^~\\&|EHR|NORTH|HUB|COUNTY|20260709120000||ADT^" + std::string(trigger) +
           "|M1|P|2.5.1";
}

const IdentityClaim& identity(const Submission& event) {
    return std::get<IdentityClaim>(event.payload);
}

using Ids = std::vector<Identifier>;

}  // namespace

TEST_CASE("a merge names what survives and what was before", "[clinic][identity]") {
    for (const std::string trigger : {"A18", "A34", "A40"}) {
        INFO(trigger);
        const Reading reading =
            read(message_of({msh(trigger), kEvn, kPid, "MRG|6001^^^NORTH^MR~6002^^^NORTH^PI"}));
        REQUIRE(reading.parsed.events.size() == 1);
        const Submission& event = reading.parsed.events[0];
        CHECK(event.kind == EventKind::IdentifiersMerged);
        CHECK(event.identifiers == Ids{{"NORTH", "MR", "7001"}});
        CHECK(event.business_key == "northside|NORTH|7001");
        CHECK(event.occurred_at == utc("2026-07-09T15:30:00Z"));
        CHECK(identity(event).survivor == Ids{{"NORTH", "MR", "7001"}});
        CHECK(identity(event).prior == Ids{{"NORTH", "MR", "6001"}, {"NORTH", "PI", "6002"}});
        CHECK(identity(event).level == IdentityLevel::Patient);
        CHECK(identity(event).trigger == trigger);
    }
}

TEST_CASE("each pair of a merge is an event of its own", "[clinic][identity]") {
    const Reading reading =
        read(message_of({msh("A40"), kEvn, kPid, "MRG|6001^^^NORTH^MR", kOther,
                         "MRG|6002^^^NORTH^MR", "PID|3||9^^^NORTH^MR", "MRG|"}));
    REQUIRE(reading.parsed.events.size() == 2);
    CHECK(identity(reading.parsed.events[1]).survivor == Ids{{"NORTH", "MR", "8002"}});
    CHECK(identity(reading.parsed.events[1]).prior == Ids{{"NORTH", "MR", "6002"}});
    CHECK(has_finding(reading, "MRG-1"));
}

TEST_CASE("a prior identifier without authority has the feed's", "[clinic][identity]") {
    const Reading reading = read(message_of({msh("A40"), kEvn, kPid, "MRG|6001"}));
    CHECK(identity(reading.parsed.events.at(0)).prior == Ids{{"CLINIC", "MR", "6001"}});
    CHECK(has_finding(reading, "MRG-1.4"));
}

TEST_CASE("a merge without both sides is refused where it is short", "[clinic][identity]") {
    const Reading prior = read(message_of({msh("A40"), kEvn, kPid, "MRG|"}));
    REQUIRE(prior.problem);
    CHECK(prior.problem->where == hl7::Location{"MRG", 1});
    CHECK(prior.problem->condition == hl7::Condition::RequiredFieldMissing);
    const Reading survivor = read(message_of({msh("A40"), kEvn, "PID|1", "MRG|6001"}));
    REQUIRE(survivor.problem);
    CHECK(survivor.problem->where == hl7::Location{"PID", 3});
    CHECK(read(message_of({msh("A40"), kEvn, kPid})).problem);
}

TEST_CASE("two records of one person are linked and unlinked, and stay two", "[clinic][identity]") {
    const Reading link = read(message_of({msh("A24"), kEvn, kPid, kOther}));
    REQUIRE(link.parsed.events.size() == 1);
    CHECK(link.parsed.events[0].kind == EventKind::IdentifiersLinked);
    CHECK(identity(link.parsed.events[0]).survivor == Ids{{"NORTH", "MR", "7001"}});
    CHECK(identity(link.parsed.events[0]).prior == Ids{{"NORTH", "MR", "8002"}});
    const Reading unlink = read(message_of({msh("A37"), kEvn, kPid, kOther}));
    CHECK(unlink.parsed.events.at(0).kind == EventKind::IdentifiersUnlinked);
    CHECK(read(message_of({msh("A24"), kEvn, kPid})).problem);
}

TEST_CASE("a link of one patient with herself is one of two visits", "[clinic][identity]") {
    const std::string first = segment("PV1", {{2, "I"}, {19, "V1^^^NORTH"}});
    const std::string second = segment("PV1", {{2, "I"}, {19, "V2^^^NORTH"}});
    const Reading reading = read(message_of({msh("A24"), kEvn, kPid, first, kPid, second}));
    REQUIRE(reading.parsed.events.size() == 1);
    const Submission& event = reading.parsed.events[0];
    CHECK(event.identifiers == Ids{{"NORTH", "MR", "7001"}});
    CHECK(identity(event).level == IdentityLevel::Visit);
    CHECK(identity(event).survivor == Ids{{"NORTH", "VN", "V1"}});
    CHECK(identity(event).prior == Ids{{"NORTH", "VN", "V2"}});
}

TEST_CASE("a feed that is not trusted links nobody", "[clinic][identity]") {
    Site site = test_site();
    site.may_link = false;
    const Reading reading = read(message_of({msh("A24"), kEvn, kPid, kOther}), site);
    CHECK(reading.disposal == Disposal::NotActedOn);
    CHECK(has_finding(reading, "MSH-9.2"));
}

TEST_CASE("a record is not linked with itself", "[clinic][identity]") {
    CHECK(read(message_of({msh("A24"), kEvn, kPid, kPid})).problem);
}

TEST_CASE("more merges than are read refuse the message", "[clinic][identity]") {
    std::string message = message_of({msh("A40"), kEvn});
    for (std::size_t i = 0; i <= kPatientsMax; ++i) {
        message += "PID|1||" + std::to_string(i) + "^^^NORTH^MR\rMRG|x" + std::to_string(i) + "\r";
    }
    REQUIRE(read(message).problem);
    CHECK(read(message).problem->reason == RefusalReason::TooManyItems);
}
