// Supervision itself: start and end, conditions, violations, and drug tests among check-ins.
#include <fstream>
#include <sstream>

#include "adapters/supervision/profile_sketch.hpp"
#include "adapters/supervision/test_support.hpp"

namespace carehub::adapters::supervision::testing {
namespace {

namespace fs = std::filesystem;

const fs::path kSamples = fs::path(CAREHUB_SOURCE_DIR) / "adapters/supervision/samples";

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::string config(const std::string& rows, const std::string& columns) {
    return "[feed]\nname = \"f\"\nzone = \"America/New_York\"\nauthority = \"P\"\nrows = \"" +
           rows + "\"\n[csv.columns]\n" + columns;
}

const std::string kSupervision =
    config("supervision",
           "client = \"client\"\nsupervision = \"id\"\nstart = \"start\"\nexpires = \"expires\"\n"
           "ended = \"ended\"\nlevel = \"level\"\nofficer = \"officer\"\n");
const std::string kHeader = "client,id,start,expires,ended,level,officer,name\n";

}  // namespace

TEST_CASE("a supervision told with an end and without one in the same file does not flip",
          "[supervision]") {
    Agency agency(kSupervision);
    const std::string ended = "1,S1,2026-03-02,,2026-04-01,MEDIUM,B7,\n";
    const std::string open = "1,S1,2026-03-02,,,MEDIUM,B7,\n";
    const std::string rows = kHeader + (GENERATE(true, false) ? ended + open : open + ended);
    const Parsed first = agency.send("1.csv", rows, "2026-04-03T08:00:00Z");
    CHECK(first.refusals.size() == 1);
    CHECK(agency.send("1.csv", rows, "2026-04-03T08:00:00Z").events.empty());
    CHECK(agency.send("1.csv", rows, "2026-04-04T08:00:00Z").events.empty());
}

TEST_CASE("supervision starts, and ends only on a day that is told and has come", "[supervision]") {
    Agency agency(kSupervision);
    const Parsed first =
        agency.send("1.csv", kHeader + "1,S1,2026-03-02,2027-03-01,,MEDIUM,B7,left out\n",
                    "2026-04-01T08:00:00Z");
    REQUIRE(gist(first) == Lines{"SupervisionStarted 2026-03-02T05:00:00Z "});
    const Submission& started = first.events.front();
    CHECK(started.business_key == "f|1|SUPERVISION|S1");
    CHECK(started.identifiers == std::vector<Identifier>{{"P", "SUPV", "1"}});
    CHECK(to_iso(justice(started).expires.value()) == "2027-03-01");
    CHECK(justice(started).level == "MEDIUM");
    CHECK(justice(started).officer.role == "SupervisionOfficer");
    const Parsed ahead =
        agency.send("2.csv", kHeader + "1,S1,2026-03-02,2027-03-01,2026-06-01,MEDIUM,B7,\n",
                    "2026-04-02T08:00:00Z");
    CHECK(ahead.events.empty());
    CHECK(ahead.findings.size() == 1);
    const Parsed ended =
        agency.send("3.csv", kHeader + "1,S1,2026-03-02,2027-03-01,2026-04-01,MEDIUM,B7,\n",
                    "2026-04-03T08:00:00Z");
    CHECK(gist(ended) == Lines{"SupervisionEnded 2026-04-01T04:00:00Z "});
    const Parsed back = agency.send("4.csv", kHeader + "1,S1,2026-03-02,2027-03-01,,MEDIUM,B7,\n",
                                    "2026-04-04T08:00:00Z");
    REQUIRE(gist(back) == Lines{"!SupervisionStarted 2026-03-02T05:00:00Z "});
    CHECK(back.events.front().supersedes_key == ended.events.front().source_msg_id);
    CHECK(agency.send("5.csv", kHeader, "2026-04-05T08:00:00Z").events.empty());
}

TEST_CASE("a condition is told with its text, its days and whether it is mandatory",
          "[supervision]") {
    Agency agency(config("conditions",
                         "client = \"c\"\ntext = \"t\"\ndate = \"d\"\nexpires = \"e\"\n"
                         "mandatory = \"m\"\n"));
    const Parsed parsed = agency.send("1.csv",
                                      "c,t,d,e,m\n1,\"Weekly drug\ntest\",2026-03-02,2026-09-02,Y\n"
                                      "2,,2026-03-02,,\n,Report weekly,,,\n",
                                      "2026-04-01T08:00:00Z");
    REQUIRE(gist(parsed) == Lines{"SupervisionConditionSet 2026-03-02T05:00:00Z "});
    CHECK(justice(parsed.events.front()).condition_text == "Weekly drug test");
    CHECK(justice(parsed.events.front()).mandatory);
    CHECK(parsed.refusals.size() == 2);
}

TEST_CASE("a violation is reported once; told otherwise it is corrected", "[supervision]") {
    Agency agency(
        config("violations", "client = \"c\"\nviolation = \"v\"\ndate = \"d\"\ntype = \"t\"\n"));
    CHECK(gist(agency.send("1.csv", "c,v,d,t\n1,V1,2026-03-02,Curfew\n", "2026-04-01T08:00:00Z")) ==
          Lines{"ViolationReported 2026-03-02T05:00:00Z Curfew"});
    CHECK(agency.send("2.csv", "c,v,d,t\n1,V1,2026-03-02,Curfew\n", "2026-04-02T08:00:00Z")
              .events.empty());
    CHECK(gist(agency.send("3.csv", "c,v,d,t\n1,V1,2026-03-02,Travel\n", "2026-04-03T08:00:00Z")) ==
          Lines{"!ViolationReported 2026-03-02T05:00:00Z Travel"});
}

TEST_CASE("a record that turns out to be another person's is withdrawn from the first",
          "[supervision]") {
    Agency violations(
        config("violations", "client = \"c\"\nviolation = \"v\"\ndate = \"d\"\ntype = \"t\"\n"));
    const Parsed first =
        violations.send("1.csv", "c,v,d,t\n1,V1,2026-03-02,Curfew\n", "2026-04-01T08:00:00Z");
    const Parsed second =
        violations.send("2.csv", "c,v,d,t\n2,V1,2026-03-02,Curfew\n", "2026-04-02T08:00:00Z");
    CHECK(gist(second) == Lines{"ViolationReported 2026-03-02T05:00:00Z Curfew",
                                "!ViolationReported 2026-03-02T05:00:00Z ENTERED IN ERROR"});
    CHECK(second.events[0].identifiers.front().value == "2");
    CHECK(second.events[1].identifiers.front().value == "1");
    CHECK(second.events[1].supersedes_key == first.events[0].source_msg_id);
    CHECK(second.findings.size() == 1);
    CHECK(violations.send("3.csv", "c,v,d,t\n2,V1,2026-03-02,Curfew\n", "2026-04-03T08:00:00Z")
              .events.empty());
    const Parsed back =
        violations.send("4.csv", "c,v,d,t\n1,V1,2026-03-02,Curfew\n", "2026-04-04T08:00:00Z");
    REQUIRE(back.events.size() == 2);
    CHECK(back.events[0].identifiers.front().value == "1");
    CHECK(back.events[0].source_msg_id != first.events[0].source_msg_id);

    Agency terms(config("supervision", "client = \"c\"\nsupervision = \"s\"\nstart = \"d\"\n"));
    terms.send("1.csv", "c,s,d\n1,S1,2026-03-02\n", "2026-04-01T08:00:00Z");
    CHECK(gist(terms.send("2.csv", "c,s,d\n2,S1,2026-03-02\n", "2026-04-02T08:00:00Z")) ==
          Lines{"SupervisionStarted 2026-03-02T05:00:00Z ",
                "!SupervisionEnded 2026-03-02T05:00:00Z ENTERED IN ERROR"});
}

TEST_CASE("ids that count per person are nobody else's, and a person's own row keeps them",
          "[supervision]") {
    const std::string columns = "client = \"c\"\nviolation = \"v\"\ndate = \"d\"\n";
    Agency agency(config("violations", columns));
    agency.send("1.csv", "c,v,d\n1,1,2026-03-02\n2,1,2026-03-03\n1,2,2026-03-04\n",
                "2026-04-01T08:00:00Z");
    const Parsed more = agency.send("2.csv", "c,v,d\n2,2,2026-03-05\n", "2026-04-02T08:00:00Z");
    CHECK(more.events.size() == 1);
    CHECK(more.findings.empty());
    Agency both(config("violations", columns));
    both.send("1.csv", "c,v,d\n1,1,2026-03-02\n", "2026-04-01T08:00:00Z");
    CHECK(both.send("2.csv", "c,v,d\n2,1,2026-03-02\n1,1,2026-03-02\n", "2026-04-02T08:00:00Z")
              .events.size() == 1);
}

TEST_CASE("supervision that begins after its record ended is another term", "[supervision]") {
    Agency agency(config("supervision",
                         "client = \"c\"\nsupervision = \"s\"\nstart = \"d\"\n"
                         "ended = \"e\"\n"));
    const Parsed first =
        agency.send("1.csv", "c,s,d,e\n1,S1,2026-03-02,2026-03-20\n", "2026-04-01T08:00:00Z");
    REQUIRE(first.events.size() == 2);
    const std::string again = "c,s,d,e\n1,S1,2026-04-01,\n";
    const Parsed second = agency.send("2.csv", again, "2026-04-02T08:00:00Z");
    CHECK(gist(second) == Lines{"SupervisionStarted 2026-04-01T04:00:00Z "});
    CHECK(second.events[0].business_key != first.events[0].business_key);
    CHECK(agency.send("3.csv", again, "2026-04-03T08:00:00Z").events.empty());
    CHECK(gist(agency.send("4.csv", "c,s,d,e\n1,S1,2026-04-01,2026-04-03\n",
                           "2026-04-04T08:00:00Z")) ==
          Lines{"SupervisionEnded 2026-04-03T04:00:00Z "});
}

TEST_CASE("what a condition loses on the way is told", "[supervision]") {
    Agency agency(config("conditions", "client = \"c\"\ntext = \"t\"\nmandatory = \"m\"\n"));
    const Parsed parsed =
        agency.send("1.csv", "c,t,m\n1," + std::string(600, 'x') + ",N\n1,Report,maybe\n1,Test,Y\n",
                    "2026-04-01T08:00:00Z");
    CHECK(parsed.events.size() == 3);
    REQUIRE(parsed.findings.size() == 2);
    CHECK(parsed.findings[0].field == "t");
    CHECK(parsed.findings[1].field == "m");
}

TEST_CASE("real agencies' shapes are read by profiles of at most forty lines", "[supervision]") {
    const auto read = [](const std::string& name, const std::string& file) {
        const std::string profile = text_of(kSamples / name);
        CHECK(std::count(profile.begin(), profile.end(), '\n') <= 40);
        Agency agency(profile);
        return agency.send(file, text_of(kSamples / file), "2026-05-01T08:00:00Z");
    };
    const auto told = [](const Parsed& parsed) {
        Lines lines;
        for (const Submission& event : parsed.events) {
            const auto& claim = std::get<ObligationClaim>(event.payload);
            lines.push_back(std::string(name_of(event.kind)) + " " +
                            event.identifiers.front().value + " " +
                            std::string(name_of(claim.obligation_class)) + " " +
                            (claim.date ? to_iso(*claim.date) : to_iso(claim.start)));
        }
        return lines;
    };
    const Parsed contacts = read("contacts.toml", "contacts.csv");
    CHECK(told(contacts) == Lines{"CheckInCompleted 1111 SupervisionCheckIn 2026-02-02T22:00:00Z",
                                  "CheckInMissed 1111 DrugTest 2026-02-09T15:30:00Z",
                                  "CheckInScheduled 2222 SupervisionCheckIn 2026-03-09"});
    CHECK(contacts.findings.size() == 1);
    const Parsed schedule = read("schedule.toml", "schedule.json");
    CHECK(told(schedule) ==
          Lines{"CheckInScheduled X778160 SupervisionCheckIn 2026-03-27T09:30:00Z",
                "CheckInCompleted X801756 SupervisionCheckIn 2026-04-28T09:30:00Z",
                "CheckInMissed X000001 SupervisionCheckIn 2026-04-29T09:30:00Z"});
    REQUIRE(schedule.refusals.size() == 1);
    CHECK(schedule.refusals.front().line == 4);
}

TEST_CASE("a profile is sketched by what the columns are", "[supervision]") {
    const auto sketch = [](const char* file) {
        const auto text = sketch_profile(text_of(kSamples / file));
        INFO((text ? *text : text.error().context));
        REQUIRE(text);
        return *text;
    };
    using Catch::Matchers::Contains;
    CHECK_THAT(sketch("roster.csv"),
               Contains("rows = \"roster\"") && Contains("booking = \"BOOKING_NO\"") &&
                   Contains("date_format = \"MM/DD/YYYY\"") && !Contains("7001"));
    CHECK_THAT(sketch("check_ins.csv"), Contains("rows = \"check_ins\"") &&
                                            Contains("client = \"CLIENT_NO\"") &&
                                            Contains("\"MISSED\""));
    CHECK_FALSE(sketch_profile("a,b\n1,2\n"));
    const auto visits = sketch_profile(
        R"([{"client":{"id":"P1"},"visits":[{"apptId":1,"when":"2027-01-05T14:00:00-05:00","status":"set"},)"
        R"({"apptId":2,"when":"2026-11-20","status":"missed"}]}])");
    REQUIRE(visits);
    CHECK_THAT(*visits, Contains("client = \"../client.id\"") && Contains("date = \"when\""));
    const auto terms = sketch_profile(
        "PersonID,SupervisionID,StartDate,ProjectedEnd,ActualEnd\n1,S1,2025-01-01,2027-01-01,\n");
    REQUIRE(terms);
    CHECK_THAT(*terms, Contains("rows = \"supervision\"") && Contains("ended = \"ActualEnd\""));
}

}  // namespace carehub::adapters::supervision::testing
