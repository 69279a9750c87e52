// Cells of times as courts fill them in.
#include "adapters/court/test_support.hpp"

namespace carehub::adapters::court::testing {
namespace {

constexpr const char* kNow = "2026-04-01T08:00:00Z";

std::string profile(const std::string& date_format, const std::string& columns) {
    return std::string(kFeed) + "[csv]\ndate_format = " + date_format +
           "\ntime_format = \"h:mm am/pm\"\nno_time = [\"see Notice\"]\n[csv.columns]\n"
           "case = \"case\"\ndate = \"day\"\n" +
           columns;
}

Parsed read_clocks(const std::string& rows) {
    Court court(site_of(profile("\"MM/DD/YYYY\"", "time = \"at\"\n")));
    return court.send("list.csv", "case,day,at\n" + rows, kNow);
}

Parsed read_days(const std::string& rows) {
    Court court(site_of(profile("[\"M/D/YYYY h:mm am/pm\", \"M/D/YYYY\", \"ISO\"]", "")));
    return court.send("list.csv", "case,day\n" + rows, kNow);
}

/// "2026-04-27T13:00:00Z 14:30" or "soft", for each event.
std::vector<std::string> times(const Parsed& parsed) {
    std::vector<std::string> lines;
    for (const Submission& event : parsed.events) {
        const bool soft = event.time_flags.has(TimeFlag::TimeUncertain);
        lines.push_back(soft ? "soft"
                             : to_iso(claim(event).start) + " " +
                                   to_iso(claim(event).end).substr(11, 5));
    }
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("words that tell no time, the usual ones and the profile's, make soft blocks",
          "[court]") {
    const Parsed parsed = read_clocks(
        "1,04/27/2026,ALL WEEK\n2,04/27/2026,To be determined\n3,04/27/2026,SEE  NOTICE\n"
        "4,04/27/2026,after lunch\n");
    CHECK(times(parsed) == Lines{"soft", "soft", "soft"});
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].line == 5);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::TimeUnresolvable);
}

TEST_CASE("a cell may tell the end as well, or that many cases are called", "[court]") {
    const Parsed parsed = read_clocks(
        "1,04/27/2026,9:00 AM - 10:30 AM\n2,04/27/2026,1:30pm-2:00pm\n"
        "3,04/27/2026,1:30 PM - Call list\n");
    CHECK(times(parsed) == Lines{"2026-04-27T13:00:00Z 14:30", "2026-04-27T17:30:00Z 18:00",
                                 "2026-04-27T17:30:00Z 21:00"});
    CHECK_FALSE(parsed.events[0].time_flags.has(TimeFlag::AssumedDuration));
    CHECK(parsed.events[2].time_flags.has(TimeFlag::CallList));
}

TEST_CASE("midnight is how exports write that no time is known", "[court]") {
    CHECK(times(read_clocks("1,04/27/2026,12:00 AM\n2,04/27/2026,12:00 AM - 11:59 PM\n")) ==
          Lines{"soft", "soft"});
    const Parsed parsed = read_days(
        "1,2026-04-27T00:00:00\n2,4/27/2026 12:00 am\n3,2026-04-27T04:00:00Z\n"
        "4,2026-04-27T00:00:00Z\n");
    CHECK(times(parsed) == Lines{"2026-04-27T00:00:00Z 01:00", "soft", "soft", "soft"});
    CHECK(to_iso(*claim(parsed.events[3]).date) == "2026-04-27");
}

TEST_CASE("a date with a word in the place of its time is a date", "[court]") {
    const Parsed parsed = read_days("1,4/27/2026 TBD\n2,4/27/2026 to be set\n3,4/27/2026 soon\n");
    CHECK(times(parsed) == Lines{"soft", "soft"});
    CHECK(parsed.refusals.size() == 1);
}

TEST_CASE("a row with a NUL, or a number with a control character, is refused", "[court]") {
    using namespace std::string_literals;
    const Parsed parsed = read_clocks(
        "26-CR-\0"
        "3,04/27/2026,9:00 am\n26-CR-\x01,04/27/2026,9:00 am\n"
        "5,04/27/2026,9:00 am\n"s);
    CHECK(parsed.events.size() == 1);
    REQUIRE(parsed.refusals.size() == 2);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::CharacterSet);
    CHECK(parsed.refusals[1].refusal.field == "case");
}

}  // namespace carehub::adapters::court::testing
