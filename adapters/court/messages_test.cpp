// Calendars that are messages (RFC 5546), and versions of one event across files.
#include "adapters/court/test_support.hpp"

namespace carehub::adapters::court::testing {
namespace {

constexpr const char* kDay1 = "2026-04-01T08:00:00Z";
constexpr const char* kDay2 = "2026-04-02T08:00:00Z";

std::string hearing(const std::string& start, const std::string& more) {
    return event("UID:u1\r\nDTSTART;TZID=America/New_York:" + start +
                 "\r\nX-CASE-NUMBER:7\r\nDURATION:PT1H\r\n" + more);
}

const std::string kWeekly = "RRULE:FREQ=WEEKLY;COUNT=3\r\n";

}  // namespace

TEST_CASE("an answer or a question is not the court's schedule", "[court]") {
    for (const char* const method : {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}) {
        INFO(method);
        Court court(site_of(kFeed));
        const Parsed parsed = court.send(
            "a.ics",
            calendar("METHOD:" + std::string(method) + "\r\n" + hearing("20260420T090000", "")),
            kDay1);
        CHECK(parsed.events.empty());
        CHECK(parsed.refusals.empty());
        CHECK(!parsed.findings.empty());
    }
}

TEST_CASE("a CANCEL of an older version is ignored with a finding", "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics", calendar(hearing("20260420T090000", "SEQUENCE:4\r\n" + kWeekly)), kDay1);
    const std::string cancel =
        "METHOD:CANCEL\r\n" + event("UID:u1\r\nDTSTART:20260420T130000Z\r\nX-CASE-NUMBER:7\r\n");
    const Parsed old = court.send("b.ics", calendar(cancel), kDay2);
    CHECK(old.events.empty());
    CHECK(!old.findings.empty());
    const Parsed newer = court.send(
        "c.ics",
        calendar("METHOD:CANCEL\r\n" + event("UID:u1\r\nDTSTART:20260420T130000Z\r\nSEQUENCE:5\r\n"
                                             "X-CASE-NUMBER:7\r\n")),
        kDay2);
    CHECK(newer.events.size() == 3);
    for (const Submission& told : newer.events) {
        CHECK(told.kind == EventKind::HearingCancelled);
    }
}

TEST_CASE("a CANCEL needs no DTSTART and no case number: the UID says what goes", "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics", calendar(hearing("20260420T090000", "SEQUENCE:1\r\n" + kWeekly)), kDay1);
    const Parsed one =
        court.send("b.ics",
                   calendar("METHOD:CANCEL\r\n" +
                            event("UID:u1\r\nSEQUENCE:2\r\nRECURRENCE-ID:20260427T130000Z\r\n"
                                  "STATUS:CANCELLED\r\n")),
                   kDay2);
    CHECK(one.refusals.empty());
    REQUIRE(one.events.size() == 1);
    CHECK(one.events.front().kind == EventKind::HearingCancelled);
    CHECK(to_iso(claim(one.events.front()).start) == "2026-04-27T13:00:00Z");
    const Parsed all = court.send(
        "c.ics",
        calendar("METHOD:CANCEL\r\n" + event("UID:u1\r\nSEQUENCE:3\r\nSTATUS:CANCELLED\r\n")),
        kDay2);
    CHECK(all.refusals.empty());
    CHECK(all.events.size() == 2);
    const Parsed dated =
        court.send("d.ics", calendar(event("UID:u2\r\nX-CASE-NUMBER:7\r\n")), kDay2);
    CHECK(dated.refusals.size() == 1);
}

TEST_CASE("of two files with one SEQUENCE the later DTSTAMP counts, whichever comes last",
          "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics",
               calendar(hearing("20260420T100000", "SEQUENCE:1\r\nDTSTAMP:20260331T120000Z\r\n")),
               kDay1);
    const Parsed late = court.send(
        "b.ics", calendar(hearing("20260420T090000", "SEQUENCE:1\r\nDTSTAMP:20260330T120000Z\r\n")),
        kDay2);
    CHECK(late.events.empty());
    CHECK(!late.findings.empty());
    CHECK(court
              .send("c.ics",
                    calendar(
                        hearing("20260420T110000", "SEQUENCE:1\r\nDTSTAMP:20260402T070000Z\r\n")),
                    kDay2)
              .events.size() == 1);
}

TEST_CASE("an override counts its own SEQUENCE, below its series' and still valid", "[court]") {
    Court court(site_of(kFeed));
    const std::string series = hearing("20260420T090000", "SEQUENCE:3\r\n" + kWeekly);
    court.send("a.ics", calendar(series), kDay1);
    const Parsed moved = court.send(
        "b.ics",
        calendar(series + hearing("20260428T140000",
                                  "SEQUENCE:2\r\n"
                                  "RECURRENCE-ID;TZID=America/New_York:20260427T090000\r\n")),
        kDay2);
    REQUIRE(moved.events.size() == 1);
    CHECK(moved.events.front().kind == EventKind::HearingContinued);
    CHECK(to_iso(claim(moved.events.front()).start) == "2026-04-28T18:00:00Z");
}

TEST_CASE("a REQUEST with one instance changes that instance and unlists nothing", "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics", calendar(hearing("20260420T090000", kWeekly)), kDay1);
    for (const char* const name : {"b.ics", "c.ics", "d.ics"}) {
        const Parsed parsed =
            court.send(name,
                       calendar("METHOD:REQUEST\r\n" +
                                hearing("20260427T100000",
                                        "RECURRENCE-ID;TZID=America/New_York:20260427T090000\r\n")),
                       kDay2);
        CHECK(parsed.events.size() == (std::string(name) == "b.ics" ? 1 : 0));
    }
}

TEST_CASE("a warrant and a participant come from the properties the profile names", "[court]") {
    Court court(site_of(std::string(kFeed) + "[ical]\nwarrant_property = \"X-BW\"\n"));
    const Parsed parsed = court.send(
        "a.ics",
        calendar(hearing("20260420T090000", "X-BW:Issued\r\nX-PARTICIPANT-NUMBER:P 9\r\n")), kDay1);
    REQUIRE(parsed.events.size() == 2);
    CHECK(parsed.events.back().kind == EventKind::WarrantIssued);
    CHECK(parsed.events.back().identifiers.back() ==
          Identifier{"GREENE-CIRCUIT", "PARTICIPANT", "P9"});
}

}  // namespace carehub::adapters::court::testing
