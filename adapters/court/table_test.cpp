#include "adapters/court/test_support.hpp"

namespace carehub::adapters::court::testing {
namespace {

const std::string kProfile =
    std::string(kFeed) +
    "[csv]\ndate_format = \"MM/DD/YYYY\"\ntime_format = \"h:mm am/pm\"\n"
    "[csv.columns]\ncase = \"case_no\"\ntype = \"event\"\ndate = \"event_dt\"\n"
    "time = \"start_tm\"\nroom = \"courtroom\"\n";
constexpr const char* kNow = "2026-04-01T08:00:00Z";

Parsed read(const std::string& text, const std::string& more = "") {
    Court court(site_of(kProfile + more));
    return court.send("list.csv", text, kNow);
}

}  // namespace

TEST_CASE("a nightly list in the courts' own shape is read", "[court]") {
    const Parsed parsed = read(
        "event_dt,last_name,first_name,courtroom,start_tm,case_no,event\r\n"
        "04/27/2026,Doe,Jo,\"Courtroom 303, Greene Courthouse\", 2:00 "
        "pm,3AN-17-01234CR,Arraignment\r\n");
    REQUIRE(parsed.events.size() == 1);
    CHECK(claim(parsed.events.front()).location.name == "Courtroom 303, Greene Courthouse");
    CHECK(to_iso(claim(parsed.events.front()).start) == "2026-04-27T18:00:00Z");
    CHECK(to_iso(claim(parsed.events.front()).end) == "2026-04-27T19:00:00Z");
    CHECK(parsed.events.front().time_flags.has(TimeFlag::AssumedDuration));
}

TEST_CASE("columns are found by name in any order, after a byte order mark", "[court]") {
    const Parsed parsed = read(
        "\xEF\xBB\xBF"
        "CASE_NO,start_tm,event,event_dt,courtroom\n1,9:00 am,Review,04/27/2026,2\n");
    CHECK(parsed.events.size() == 1);
    CHECK(parsed.refusals.empty());
}

TEST_CASE("a missing time or TBD is a soft block of the morning", "[court]") {
    const Parsed parsed = read(
        "event_dt,courtroom,start_tm,case_no,event\n04/27/2026,2,,1,Review\n04/27/"
        "2026,2,tbd,2,Review\n",
        "");
    REQUIRE(parsed.events.size() == 2);
    for (const Submission& event : parsed.events) {
        CHECK(event.time_flags.has(TimeFlag::TimeUncertain));
        CHECK(event.time_flags.has(TimeFlag::DateOnly));
        CHECK(to_iso(claim(event).start) == "2026-04-27T12:00:00Z");
        CHECK(to_iso(claim(event).end) == "2026-04-27T16:00:00Z");
        REQUIRE(claim(event).date);
        CHECK(to_iso(*claim(event).date) == "2026-04-27");
    }
}

TEST_CASE("a call list occupies the half day from its time on", "[court]") {
    const Parsed parsed = read(
        "event_dt,courtroom,start_tm,case_no,event\n04/27/2026,2,8:30 am,1,Misd. Calendar Call\n");
    REQUIRE(parsed.events.size() == 1);
    CHECK(parsed.events.front().time_flags.has(TimeFlag::CallList));
    CHECK(to_iso(claim(parsed.events.front()).end) == "2026-04-27T16:00:00Z");
}

TEST_CASE("a bad row is refused with its line, field and fix, and the others go in", "[court]") {
    const Parsed parsed = read(
        "event_dt,courtroom,start_tm,case_no,event\n"
        "04/27/2026,2,9:00 am,1,Review\n"
        "04/31/2026,2,9:00 am,2,Review\n"
        "04/27/2026,2,25:00,3,Review\n"
        "04/27/2026,2,9:00 am,,Review\n"
        "04/28/2026,2,9:00 am,4,Review\n");
    CHECK(parsed.events.size() == 2);
    REQUIRE(parsed.refusals.size() == 3);
    CHECK(parsed.refusals[0].line == 3);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::TimeUnresolvable);
    CHECK(parsed.refusals[0].refusal.field == "event_dt");
    CHECK(parsed.refusals[1].refusal.field == "start_tm");
    CHECK(parsed.refusals[2].refusal.reason == RefusalReason::RowIncomplete);
    for (const RecordRefusal& refusal : parsed.refusals) {
        CHECK(!refusal.refusal.fix.empty());
    }
}

TEST_CASE("a column the header does not have refuses the file by the column's name", "[court]") {
    const Parsed parsed =
        read("event_dt,courtroom,start_tm,docket,event\n04/27/2026,2,9:00 am,1,Review\n");
    CHECK(parsed.events.empty());
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals.front().refusal.reason == RefusalReason::FormatVersion);
    CHECK(parsed.refusals.front().refusal.field == "case_no");
}

TEST_CASE("repeated rows are one hearing, two times on one day are two", "[court]") {
    const Parsed parsed = read(
        "event_dt,courtroom,start_tm,case_no,event\n"
        "04/27/2026,2,9:00 am,1,Review\n04/27/2026,2,9:00 am,1,Review\n"
        "04/27/2026,2,2:00 pm,1,Review\n");
    REQUIRE(parsed.events.size() == 2);
    CHECK(parsed.events[0].business_key != parsed.events[1].business_key);
    CHECK(parsed.findings.size() == 1);
}

TEST_CASE("an end column and a length in minutes are read, and a backward end refused", "[court]") {
    const std::string columns = "end = \"to\"\nduration = \"minutes\"\n";
    const std::string header = "event_dt,courtroom,start_tm,case_no,event,to,minutes\n";
    const Parsed parsed =
        read(header +
                 "04/27/2026,2,9:00 am,1,Review,9:45 am,\n04/27/2026,2,9:00 am,2,Review,,20\n"
                 "04/27/2026,2,9:00 am,3,Review,8:45 am,\n",
             columns);
    REQUIRE(parsed.events.size() == 2);
    CHECK(to_iso(claim(parsed.events[0]).end) == "2026-04-27T13:45:00Z");
    CHECK(to_iso(claim(parsed.events[1]).end) == "2026-04-27T13:20:00Z");
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals.front().refusal.reason == RefusalReason::InvalidField);
}

TEST_CASE("a table is refused when the profile has no [csv], and so is any other kind of file",
          "[court]") {
    Court court(site_of(kFeed));
    for (const char* const name : {"list.csv", "list.pdf"}) {
        const Parsed parsed = court.send(name, "a,b\n1,2\n", kNow);
        REQUIRE(parsed.refusals.size() == 1);
        CHECK(parsed.refusals.front().refusal.reason == RefusalReason::FormatUnreadable);
    }
}

TEST_CASE("an empty table and a quote that never ends are refused as a whole", "[court]") {
    for (const char* const text :
         {"", "event_dt,courtroom,start_tm,case_no,event\n04/27/2026,\"2,9:00 am,1,Review\n"}) {
        const Parsed parsed = read(text);
        CHECK(parsed.events.empty());
        CHECK(!parsed.refusals.empty());
    }
}

TEST_CASE("a file that is not there is an error, not a refusal", "[court]") {
    SnapshotStore store;
    for (const char* const name : {"absent.csv", "absent.ics"}) {
        CHECK(!read_file(std::filesystem::path("no-such-folder") / name, site_of(kProfile), store,
                         at(kNow)));
    }
}

TEST_CASE("an unknown key of the profile is refused by name", "[court]") {
    for (const char* const more :
         {"[ical]\ncase_propperty = \"UID\"\n", "[csv]\ndelimiter = \";\"\n", "[extra]\na = 1\n"}) {
        const auto site = parse_site(std::string(kFeed) + more);
        REQUIRE(!site);
        CHECK(site.error().code == ErrorCode::Invalid);
    }
    const auto named = parse_site(std::string(kFeed) + "[ical]\ncase_propperty = \"UID\"\n");
    CHECK(named.error().context.find("case_propperty") != std::string::npos);
}

TEST_CASE("a profile with a bad zone, format, pattern or meaning is refused", "[court]") {
    CHECK(!parse_site("[feed]\nname = \"c\"\nzone = \"America/Nowhere\"\nauthority = \"G\"\n"));
    CHECK(!parse_site("[feed]\nname = \"c\"\nzone = \"America/New_York\"\n"));
    for (const char* const more :
         {"[csv]\ndate_format = \"MM/DD\"\n[csv.columns]\ncase = \"a\"\ndate = \"b\"\n",
          "[csv]\ntime_format = \"mm\"\n[csv.columns]\ncase = \"a\"\ndate = \"b\"\n",
          "[ical]\ncase_pattern = \"(\"\n", "[results]\nFTA = \"Warrant\"\n",
          "[snapshot]\ncomplete = \"yes\"\n", "[ical]\ndefault_minutes = 0\n"}) {
        INFO(more);
        CHECK(!parse_site(std::string(kFeed) + more));
    }
}

}  // namespace carehub::adapters::court::testing
