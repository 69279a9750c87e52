// A list that comes late, after a newer one, takes nothing back.
#include "adapters/supervision/test_support.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::supervision;
using namespace carehub::adapters::supervision::testing;

namespace {

constexpr const char* kCheckIns = R"(
[feed]
name = "f"
zone = "America/New_York"
authority = "probation"
[csv]
date_format = "YYYY-MM-DD"
time_format = "HH:mm"
updated_format = "YYYY-MM-DD HH:mm"
[csv.columns]
client = "client"
check_in = "id"
date = "date"
time = "time"
status = "status"
updated = "updated"
[status]
S = "scheduled"
C = "completed"
M = "missed"
)";
constexpr const char* kMonday = "2026-07-06T10:00:00Z";
constexpr const char* kTuesday = "2026-07-07T10:00:00Z";
constexpr const char* kWednesday = "2026-07-08T10:00:00Z";

std::string list(const std::string& status, const std::string& updated) {
    return "client,id,date,time,status,updated\n1,a,2026-07-05,10:00," + status + "," + updated +
           "\n";
}

}  // namespace

TEST_CASE("yesterday's list after today's takes back nothing, and says so", "[supervision]") {
    Agency agency(kCheckIns);
    CHECK(agency.send("1.csv", list("M", "2026-07-06 05:00"), kMonday).events.size() == 1);
    CHECK(agency.send("2.csv", list("C", "2026-07-07 05:00"), kTuesday).events.size() == 1);
    const Parsed late = agency.send("3.csv", list("M", "2026-07-06 05:00"), kMonday);
    CHECK(late.events.empty());
    CHECK(late.refusals.empty());
    REQUIRE(late.findings.size() == 1);
    // A change of the same minute, and a later one, are news.
    CHECK(agency.send("4.csv", list("M", "2026-07-07 05:00"), kTuesday).events.size() == 1);
    CHECK(agency.send("5.csv", list("C", "2026-07-08 05:00"), kWednesday).events.size() == 1);
}

TEST_CASE("without a time of change the file's own decides, and saying it again renews it",
          "[supervision]") {
    Agency agency(kCheckIns);
    CHECK(agency.send("1.csv", list("M", ""), kMonday).events.size() == 1);
    CHECK(agency.send("3.csv", list("M", ""), kWednesday).events.empty());
    CHECK(agency.send("2.csv", list("C", ""), kTuesday).events.empty());
    CHECK(agency.send("4.csv", list("C", ""), kWednesday).events.size() == 1);
}

TEST_CASE("a row dated ahead of its file keeps later rows out no longer than that file",
          "[supervision]") {
    Agency agency(kCheckIns);
    CHECK(agency.send("1.csv", list("S", "2036-07-06 05:00"), kMonday).events.size() == 1);
    CHECK(agency.send("2.csv", list("C", "2026-07-07 05:00"), kTuesday).events.size() == 1);
}

TEST_CASE("an end in an older list does not end what a newer one tells as open", "[supervision]") {
    Agency agency(
        "[feed]\nname = \"f\"\nzone = \"America/New_York\"\nauthority = \"P\"\n"
        "rows = \"supervision\"\n[csv.columns]\nclient = \"client\"\nsupervision = \"id\"\n"
        "start = \"start\"\nended = \"ended\"\n");
    const std::string header = "client,id,start,ended\n";
    CHECK(agency.send("2.csv", header + "1,S1,2026-03-02,\n", kTuesday).events.size() == 1);
    const Parsed late = agency.send("1.csv", header + "1,S1,2026-03-02,2026-06-01\n", kMonday);
    CHECK(late.events.empty());
    CHECK(late.findings.size() == 1);
    const Parsed news = agency.send("3.csv", header + "1,S1,2026-03-02,2026-06-01\n", kWednesday);
    CHECK(news.events.size() == 1);
}

TEST_CASE("known rows of the first version are read", "[supervision]") {
    const auto known = KnownRows::from_text("known-rows 1\n0123456789abcdef\t2\t1\t0\tf|1|a\n");
    REQUIRE(known);
    REQUIRE(known->find("f|1|a") != nullptr);
    CHECK(known->find("f|1|a")->revision == 2);
    CHECK(known->find("f|1|a")->told == kUnknownTime);
    CHECK(known->to_text() == "known-rows 3\n0123456789abcdef\t2\t1\t0\t0\t\t\tf|1|a\n");
}
