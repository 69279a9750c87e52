#include <algorithm>

#include "adapters/court/test_support.hpp"

namespace carehub::adapters::court::testing {
namespace {

constexpr const char* kNow = "2026-04-01T12:00:00Z";

/// Reads one event with these lines; requires that it is the only listing.
Listing one(const std::string& lines, const std::string& before = "") {
    const Read read =
        read_text(calendar(before + event("UID:23-CR-411\r\n" + lines)), uid_site(), at(kNow));
    REQUIRE(read.reading.listings.size() == 1);
    return read.reading.listings.front();
}

RecordRefusal refused(const std::string& lines) {
    const Read read = read_text(calendar(event("UID:23-CR-411\r\n" + lines)), uid_site(), at(kNow));
    REQUIRE(read.reading.listings.empty());
    REQUIRE(read.parsed.refusals.size() == 1);
    return read.parsed.refusals.front();
}

}  // namespace

TEST_CASE("a UTC time is the instant it names", "[court]") {
    const Listing listing = one("DTSTART:20260406T120000Z\r\nDTEND:20260406T123000Z\r\n");
    CHECK(to_iso(listing.start) == "2026-04-06T12:00:00Z");
    CHECK(to_iso(listing.end) == "2026-04-06T12:30:00Z");
    CHECK(listing.time_flags.empty());
    CHECK(listing.zone == "America/New_York");
}

TEST_CASE("a TZID is an IANA name, alone or behind a vendor's prefix", "[court]") {
    CHECK(to_iso(one("DTSTART;TZID=America/Denver:20260717T100000\r\n").start) ==
          "2026-07-17T16:00:00Z");
    const Listing prefixed =
        one("DTSTART;TZID=/mozilla.org/20070129_1/Europe/Berlin:20260717T100000\r\n");
    CHECK(to_iso(prefixed.start) == "2026-07-17T08:00:00Z");
    CHECK(prefixed.zone == "Europe/Berlin");
    CHECK(!prefixed.time_flags.has(TimeFlag::AssumedZone));
}

TEST_CASE("the case of a zone's name does not matter", "[court]") {
    for (const char* const name : {"america/denver", "AMERICA/DENVER"}) {
        const Listing listing = one(std::string("DTSTART;TZID=") + name + ":20260717T100000\r\n");
        CHECK(to_iso(listing.start) == "2026-07-17T16:00:00Z");
        CHECK(!listing.time_flags.has(TimeFlag::AssumedZone));
    }
}

TEST_CASE("a TZID may be a Windows name or its label", "[court]") {
    CHECK(to_iso(one("DTSTART;TZID=Pacific Standard Time:20260717T100000\r\n").start) ==
          "2026-07-17T17:00:00Z");
    CHECK(to_iso(one("DTSTART;TZID=\"(UTC-06:00) Central Time (US & Canada)\":20260717T100000\r\n")
                     .start) == "2026-07-17T15:00:00Z");
}

TEST_CASE("an unknown TZID is read by the calendar's own VTIMEZONE", "[court]") {
    const std::string zone =
        "BEGIN:VTIMEZONE\r\nTZID:Courthouse\r\n"
        "BEGIN:STANDARD\r\nDTSTART:19701101T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n"
        "TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0600\r\nEND:STANDARD\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:19700308T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n"
        "TZOFFSETFROM:-0600\r\nTZOFFSETTO:-0500\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
    const Listing summer = one("DTSTART;TZID=Courthouse:20260717T100000\r\n", zone);
    CHECK(to_iso(summer.start) == "2026-07-17T15:00:00Z");
    CHECK(!summer.time_flags.has(TimeFlag::AssumedZone));
    CHECK(to_iso(one("DTSTART;TZID=Courthouse:20260116T100000\r\n", zone).start) ==
          "2026-01-16T16:00:00Z");
}

TEST_CASE("a VTIMEZONE of which a part cannot be real is not used by halves", "[court]") {
    const auto read = [](const std::string& offset) {
        return one("DTSTART;TZID=Courthouse:20260717T100000\r\n",
                   "BEGIN:VTIMEZONE\r\nTZID:Courthouse\r\n"
                   "BEGIN:STANDARD\r\nDTSTART:19701101T020000\r\nTZOFFSETFROM:-0500\r\n"
                   "TZOFFSETTO:-0600\r\nEND:STANDARD\r\n"
                   "BEGIN:DAYLIGHT\r\nDTSTART:20260308T020000\r\nTZOFFSETFROM:-0600\r\n"
                   "TZOFFSETTO:" +
                       offset + "\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n");
    };
    CHECK(to_iso(read("-0500").start) == "2026-07-17T15:00:00Z");
    for (const char* const unreal : {"-2500", "+2300", "-0575", "soon"}) {
        INFO(unreal);
        const Listing listing = read(unreal);
        CHECK(to_iso(listing.start) == "2026-07-17T14:00:00Z");
        CHECK(listing.time_flags.has(TimeFlag::AssumedZone));
    }
}

TEST_CASE("an unknown TZID without a VTIMEZONE falls to the feed's zone and is flagged",
          "[court]") {
    const Listing listing = one("DTSTART;TZID=Courthouse:20260717T100000\r\n");
    CHECK(to_iso(listing.start) == "2026-07-17T14:00:00Z");
    CHECK(listing.time_flags.has(TimeFlag::AssumedZone));
}

TEST_CASE("TZID=Z and TZID=UTC are UTC", "[court]") {
    CHECK(to_iso(one("DTSTART;TZID=Z:20260717T100000\r\n").start) == "2026-07-17T10:00:00Z");
    CHECK(to_iso(one("DTSTART;TZID=UTC:20260717T100000\r\n").start) == "2026-07-17T10:00:00Z");
    CHECK(to_iso(one("DTSTART;TZID=\"tzone://Microsoft/Utc\":20260717T100000\r\n").start) ==
          "2026-07-17T10:00:00Z");
}

TEST_CASE("a floating time is read in the court's zone and flagged", "[court]") {
    const Listing listing = one("DTSTART:20260717T100000\r\nDTEND:20260717T110000\r\n");
    CHECK(to_iso(listing.start) == "2026-07-17T14:00:00Z");
    CHECK(listing.time_flags.has(TimeFlag::AssumedZone));
}

TEST_CASE("a skipped local time uses the offset before the gap, an ambiguous one the first",
          "[court]") {
    const Listing skipped = one("DTSTART;TZID=America/New_York:20260308T023000\r\n");
    CHECK(to_iso(skipped.start) == "2026-03-08T07:30:00Z");
    CHECK(skipped.time_flags.has(TimeFlag::Skipped));
    const Listing twice = one("DTSTART;TZID=America/New_York:20261101T013000\r\n");
    CHECK(to_iso(twice.start) == "2026-11-01T05:30:00Z");
    CHECK(twice.time_flags.has(TimeFlag::Ambiguous));
}

TEST_CASE("an all-day hearing is a soft block of the morning with its time unknown", "[court]") {
    const Listing listing = one("DTSTART;VALUE=DATE:20260406\r\nDTEND;VALUE=DATE:20260407\r\n");
    CHECK(listing.date_only);
    CHECK(listing.time_flags.has(TimeFlag::DateOnly));
    CHECK(listing.time_flags.has(TimeFlag::TimeUncertain));
    CHECK(to_iso(listing.start) == "2026-04-06T12:00:00Z");
    CHECK(to_iso(listing.end) == "2026-04-06T16:00:00Z");
    CHECK(to_iso(listing.local_day) == "2026-04-06");
}

TEST_CASE("a day written from midnight to midnight, as Outlook does, is a day without an hour",
          "[court]") {
    const Listing listing =
        one("DTSTART;TZID=Eastern Standard Time:20260406T000000\r\n"
            "DTEND;TZID=Eastern Standard Time:20260407T000000\r\n"
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\r\n");
    CHECK(listing.date_only);
    CHECK(listing.time_flags.has(TimeFlag::TimeUncertain));
    CHECK(to_iso(listing.end) == "2026-04-06T16:00:00Z");
    CHECK_FALSE(one("DTSTART:20260406T000000Z\r\nDTEND:20260407T000000Z\r\n").date_only);
}

TEST_CASE("a STATUS that the standard does not have is noted", "[court]") {
    const Read read = read_text(calendar(event("UID:23-CR-411\r\nDTSTART:20260406T120000Z\r\n"
                                               "STATUS:MAYBE\r\n")),
                                uid_site(), at(kNow));
    CHECK(read.reading.listings.size() == 1);
    CHECK(std::ranges::count(read.parsed.findings, "STATUS", &Finding::field) == 1);
}

TEST_CASE("DTEND of an all-day listing is exclusive, and a missing one means one day", "[court]") {
    CHECK(to_iso(one("DTSTART;VALUE=DATE:20260406\r\nDTEND;VALUE=DATE:20260411\r\n").end) ==
          "2026-04-10T16:00:00Z");
    CHECK(to_iso(one("DTSTART;VALUE=DATE:20260406\r\n").end) == "2026-04-06T16:00:00Z");
}

TEST_CASE("P1D is a day on the clock and PT24H is twenty-four hours", "[court]") {
    const std::string eve = "DTSTART;TZID=America/New_York:20260307T090000\r\n";
    CHECK(to_iso(one(eve + "DURATION:P1D\r\n").end) == "2026-03-08T13:00:00Z");
    CHECK(to_iso(one(eve + "DURATION:PT24H\r\n").end) == "2026-03-08T14:00:00Z");
}

TEST_CASE("a hearing without an end lasts the profile's default and is flagged", "[court]") {
    const Listing listing = one("DTSTART:20260406T120000Z\r\n");
    CHECK(to_iso(listing.end) == "2026-04-06T13:00:00Z");
    CHECK(listing.time_flags.has(TimeFlag::AssumedDuration));
    CHECK(one("DTSTART:20260406T120000Z\r\nDTEND:20260406T120000Z\r\n")
              .time_flags.has(TimeFlag::AssumedDuration));
}

TEST_CASE("an event that ends before it begins is refused", "[court]") {
    const RecordRefusal refusal = refused("DTSTART:20260406T120000Z\r\nDTEND:20260406T110000Z\r\n");
    CHECK(refusal.refusal.reason == RefusalReason::InvalidField);
    CHECK(refusal.refusal.field == "DTEND");
    CHECK(refusal.line == 4);
}

TEST_CASE("two values of what an event has once are refused, the same value twice is not",
          "[court]") {
    const std::string start = "DTSTART:20260406T120000Z\r\n";
    for (const char* const more :
         {"DTSTART:20260407T120000Z", "STATUS:CANCELLED\r\nSTATUS:CONFIRMED",
          "SEQUENCE:1\r\nSEQUENCE:2", "UID:23-CR-412"}) {
        const RecordRefusal refusal = refused(start + more + "\r\n");
        CHECK(refusal.refusal.reason == RefusalReason::InvalidField);
        CHECK(std::string(more).starts_with(refusal.refusal.field));
    }
    CHECK(to_iso(one(start + start).start) == "2026-04-06T12:00:00Z");
}

TEST_CASE("a SEQUENCE that is no number from 0 on is 0, and noted", "[court]") {
    for (const char* const told : {"-1", "two", "99999999999"}) {
        const Read read =
            read_text(calendar(event("UID:23-CR-411\r\nDTSTART:20260406T120000Z\r\nSEQUENCE:" +
                                     std::string(told) + "\r\n")),
                      uid_site(), at(kNow));
        REQUIRE(read.reading.listings.size() == 1);
        CHECK(read.reading.listings.front().sequence == 0);
        CHECK(std::ranges::any_of(read.parsed.findings,
                                  [](const auto& finding) { return finding.field == "SEQUENCE"; }));
    }
}

TEST_CASE("DTEND with DURATION, or of another type than DTSTART, is refused", "[court]") {
    CHECK(refused("DTSTART:20260406T120000Z\r\nDTEND:20260406T130000Z\r\nDURATION:PT1H\r\n")
              .refusal.reason == RefusalReason::InvalidField);
    CHECK(refused("DTSTART:20260406T120000Z\r\nDTEND;VALUE=DATE:20260407\r\n").refusal.field ==
          "DTEND");
}

TEST_CASE("an empty DURATION beside DTEND and an empty RRULE say nothing", "[court]") {
    const Listing listing =
        one("DTSTART:20260406T120000Z\r\nDTEND:20260406T130000Z\r\nDURATION:PT0S\r\nRRULE:\r\n");
    CHECK(to_iso(listing.end) == "2026-04-06T13:00:00Z");
    CHECK(listing.time_flags.empty());
}

TEST_CASE("a date that does not exist is refused and never rolled over", "[court]") {
    CHECK(refused("DTSTART:20260230T120000Z\r\n").refusal.reason ==
          RefusalReason::TimeUnresolvable);
    CHECK(refused("DTSTART;VALUE=DATE:20261301\r\n").refusal.reason ==
          RefusalReason::TimeUnresolvable);
    CHECK(refused("SUMMARY:no start\r\n").refusal.reason == RefusalReason::RowIncomplete);
}

TEST_CASE("a fold inside a character of several bytes is undone before anything reads it",
          "[court]") {
    const Site site = site_of(std::string(kFeed) + "[ical]\ncase_property = \"X-CASE-NUMBER\"\n");
    const Read read = read_text(
        calendar(event("UID:1\r\nDTSTART:20260406T120000Z\r\nX-CASE-NUMBER:23-\r\n CR-9\r\n"
                       "LOCATION:Sala Espa\xC3\r\n \xB1"
                       "a\r\n")),
        site, at(kNow));
    REQUIRE(read.reading.listings.size() == 1);
    CHECK(read.reading.listings.front().room ==
          "Sala Espa\xC3\xB1"
          "a");
    CHECK(read.reading.listings.front().case_number == "23-CR-9");
}

TEST_CASE("UTF-16 is refused by name and a byte order mark of UTF-8 is dropped", "[court]") {
    const std::string text = calendar(event("UID:1\r\nDTSTART:20260406T120000Z\r\n"));
    std::string wide = "\xFF\xFE";
    for (const char c : text) {
        wide += c;
        wide += '\0';
    }
    const Read refused_file = read_text(wide, uid_site(), at(kNow));
    REQUIRE(refused_file.parsed.refusals.size() == 1);
    CHECK(refused_file.parsed.refusals.front().refusal.reason == RefusalReason::CharacterSet);
    CHECK(refused_file.parsed.refusals.front().why.find("UTF-16") != std::string::npos);
    CHECK(read_text("\xEF\xBB\xBF" + text, uid_site(), at(kNow)).reading.listings.size() == 1);
}

TEST_CASE("an event that is not UTF-8 is refused alone", "[court]") {
    const Read read =
        read_text(calendar(event("UID:1\r\nDTSTART:20260406T120000Z\r\nLOCATION:Caf\xE9\r\n") +
                           event("UID:2\r\nDTSTART:20260406T120000Z\r\n")),
                  uid_site(), at(kNow));
    CHECK(read.reading.listings.size() == 1);
    REQUIRE(read.parsed.refusals.size() == 1);
    CHECK(read.parsed.refusals.front().refusal.reason == RefusalReason::CharacterSet);
}

TEST_CASE("a file may hold several calendars, or begin with an event", "[court]") {
    const std::string first = calendar(event("UID:1\r\nDTSTART:20260406T120000Z\r\n"));
    const std::string second = calendar(event("UID:2\r\nDTSTART:20260407T120000Z\r\n"));
    CHECK(read_text(first + second, uid_site(), at(kNow)).reading.listings.size() == 2);
    const Read fragment =
        read_text(event("UID:3\r\nDTSTART:20260406T120000Z\r\n"), uid_site(), at(kNow));
    CHECK(fragment.reading.listings.size() == 1);
    CHECK(!fragment.reading.complete);
}

TEST_CASE("a truncated calendar keeps its whole events and is no snapshot", "[court]") {
    const std::string text = calendar(event("UID:1\r\nDTSTART:20260406T120000Z\r\n") +
                                      event("UID:2\r\nDTSTART:20260407T120000Z\r\n"));
    const Read read = read_text(text.substr(0, text.size() - 40), uid_site(), at(kNow));
    CHECK(read.reading.listings.size() == 1);
    CHECK(!read.reading.complete);
    REQUIRE(read.parsed.refusals.size() == 1);
    CHECK(read.parsed.refusals.front().refusal.reason == RefusalReason::FormatUnreadable);
}

TEST_CASE("text that is no calendar is refused as a whole", "[court]") {
    const Read read = read_text("Dear court,\r\n", uid_site(), at(kNow));
    CHECK(read.reading.unreadable);
    REQUIRE(read.parsed.refusals.size() == 1);
    CHECK(read.parsed.refusals.front().line == 0);
}

}  // namespace carehub::adapters::court::testing
