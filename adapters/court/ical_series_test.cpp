#include <chrono>

#include "adapters/court/ical/recurrence.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/court/test_support.hpp"

namespace carehub::adapters::court::testing {
namespace {

using Spans = std::vector<std::string>;

Read series(const std::string& events, const char* now) {
    return read_text(calendar(events), uid_site(), at(now));
}

std::string weekly(const std::string& more) {
    return event(
        "UID:A\r\nSEQUENCE:3\r\nDTSTART;TZID=America/New_York:20260406T090000\r\nDURATION:PT30M\r\n"
        "RRULE:FREQ=WEEKLY;COUNT=3\r\n" +
        more);
}

bool has_finding(const Read& read, const std::string& field) {
    return std::any_of(read.parsed.findings.begin(), read.parsed.findings.end(),
                       [&](const Finding& finding) { return finding.field == field; });
}

}  // namespace

TEST_CASE("a weekly hearing stays at nine on the clock through both changes of time", "[court]") {
    const Read read =
        series(event("UID:A\r\nDTSTART;TZID=America/New_York:20260302T090000\r\nDURATION:PT1H\r\n"
                     "RRULE:FREQ=WEEKLY;UNTIL=20261109T140000Z\r\n"),
               "2026-02-25T00:00:00Z");
    const Spans all = spans(read.reading);
    REQUIRE(all.size() == 37);
    CHECK(all[0] == "2026-03-02T14:00:00Z/2026-03-02T15:00:00Z");
    CHECK(all[1] == "2026-03-09T13:00:00Z/2026-03-09T14:00:00Z");
    CHECK(all[34] == "2026-10-26T13:00:00Z/2026-10-26T14:00:00Z");
    CHECK(all[35] == "2026-11-02T14:00:00Z/2026-11-02T15:00:00Z");
    CHECK(all[36] == "2026-11-09T14:00:00Z/2026-11-09T15:00:00Z");
}

TEST_CASE("UNTIL in UTC includes the instance it falls on", "[court]") {
    const Read read =
        series(event("UID:A\r\nDTSTART;TZID=Europe/Berlin:20160829T100000\r\nDURATION:PT1H\r\n"
                     "RRULE:FREQ=WEEKLY;UNTIL=20160912T080000Z\r\n"),
               "2016-08-25T00:00:00Z");
    CHECK(spans(read.reading) == Spans{"2016-08-29T08:00:00Z/2016-08-29T09:00:00Z",
                                       "2016-09-05T08:00:00Z/2016-09-05T09:00:00Z",
                                       "2016-09-12T08:00:00Z/2016-09-12T09:00:00Z"});
    CHECK(!has_finding(read, "RRULE.UNTIL"));
}

TEST_CASE("UNTIL of the wrong type is read as meant and noted", "[court]") {
    const Read read = series(event("UID:A\r\nDTSTART;TZID=Europe/Berlin:20160829T100000\r\n"
                                   "RRULE:FREQ=WEEKLY;UNTIL=20160905\r\n"),
                             "2016-08-25T00:00:00Z");
    CHECK(read.reading.listings.size() == 2);
    CHECK(has_finding(read, "RRULE.UNTIL"));
}

TEST_CASE("EXDATE in UTC takes out the instance of a local series", "[court]") {
    const Read read = series(weekly("EXDATE:20260413T130000Z\r\n"), "2026-04-01T00:00:00Z");
    CHECK(spans(read.reading) == Spans{"2026-04-06T13:00:00Z/2026-04-06T13:30:00Z",
                                       "2026-04-20T13:00:00Z/2026-04-20T13:30:00Z"});
}

TEST_CASE("EXDATE of another value type than DTSTART has no effect and is noted", "[court]") {
    const Read read = series(weekly("EXDATE;VALUE=DATE:20260413\r\n"), "2026-04-01T00:00:00Z");
    CHECK(read.reading.listings.size() == 3);
    CHECK(has_finding(read, "EXDATE"));
}

TEST_CASE("RDATE adds an instance of the master's length", "[court]") {
    const Read read =
        series(weekly("RDATE;TZID=America/New_York:20260415T140000\r\n"), "2026-04-01T00:00:00Z");
    const Spans all = spans(read.reading);
    REQUIRE(all.size() == 4);
    CHECK(all[2] == "2026-04-15T18:00:00Z/2026-04-15T18:30:00Z");
}

TEST_CASE("an override moved to another day keeps the key of its original start", "[court]") {
    const Read read = series(
        weekly("") + event("UID:A\r\nSEQUENCE:2\r\n"
                           "RECURRENCE-ID;TZID=America/New_York:20260413T090000\r\n"
                           "DTSTART;TZID=America/New_York:20260415T140000\r\nDURATION:PT1H\r\n"),
        "2026-04-01T00:00:00Z");
    REQUIRE(read.reading.listings.size() == 3);
    const auto moved =
        std::find_if(read.reading.listings.begin(), read.reading.listings.end(),
                     [](const Listing& l) { return l.key == "court|A|20260413T130000Z"; });
    REQUIRE(moved != read.reading.listings.end());
    CHECK(to_iso(moved->start) == "2026-04-15T18:00:00Z");
    // Its SEQUENCE is below the master's and counts all the same: versions are told apart per
    // instance.
    CHECK(moved->sequence == 2);
}

TEST_CASE("an override without its master stands on its own", "[court]") {
    const Read read =
        series(event("UID:A\r\nRECURRENCE-ID:20260413T130000Z\r\nDTSTART:20260415T180000Z\r\n"),
               "2026-04-01T00:00:00Z");
    REQUIRE(read.reading.listings.size() == 1);
    CHECK(read.reading.listings.front().key == "court|A|20260413T130000Z");
}

TEST_CASE("a cancelled master leaves its live override standing", "[court]") {
    const Read read =
        series(weekly("STATUS:CANCELLED\r\n") +
                   event("UID:A\r\nSTATUS:CONFIRMED\r\nRECURRENCE-ID:20260413T130000Z\r\n"
                         "DTSTART:20260415T180000Z\r\n"),
               "2026-04-01T00:00:00Z");
    REQUIRE(read.reading.listings.size() == 3);
    for (const Listing& listing : read.reading.listings) {
        const bool live = listing.key == "court|A|20260413T130000Z";
        CHECK((listing.state == ListingState::Listed) == live);
    }
}

TEST_CASE("a cancelled instance is cancelled and the others stand", "[court]") {
    const Read read =
        series(weekly("") + event("UID:A\r\nSTATUS:CANCELLED\r\nRECURRENCE-ID:20260413T130000Z\r\n"
                                  "DTSTART:20260413T130000Z\r\n"),
               "2026-04-01T00:00:00Z");
    REQUIRE(read.reading.listings.size() == 3);
    CHECK(std::count_if(read.reading.listings.begin(), read.reading.listings.end(),
                        [](const Listing& l) { return l.state == ListingState::Cancelled; }) == 1);
}

TEST_CASE("a RECURRENCE-ID with a time replaces its day of an all-day series", "[court]") {
    const Read read =
        series(event("UID:A\r\nDTSTART;VALUE=DATE:20260406\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n") +
                   event("UID:A\r\nRECURRENCE-ID:20260413T130000Z\r\nDTSTART:20260414T130000Z\r\n"),
               "2026-04-01T00:00:00Z");
    CHECK(spans(read.reading) == Spans{"2026-04-06T12:00:00Z/2026-04-06T16:00:00Z",
                                       "2026-04-14T13:00:00Z/2026-04-14T14:00:00Z"});
}

TEST_CASE("of two versions of an event the higher SEQUENCE counts, wherever it stands", "[court]") {
    const std::string newer = event("UID:A\r\nSEQUENCE:2\r\nDTSTART:20260407T130000Z\r\n");
    const std::string older = event("UID:A\r\nSEQUENCE:1\r\nDTSTART:20260406T130000Z\r\n");
    for (const std::string& both : {newer + older, older + newer}) {
        const Read read = series(both, "2026-04-01T00:00:00Z");
        CHECK(spans(read.reading) == Spans{"2026-04-07T13:00:00Z/2026-04-07T14:00:00Z"});
        CHECK(has_finding(read, "SEQUENCE"));
    }
}

TEST_CASE("RANGE=THISANDFUTURE is left to a person", "[court]") {
    const Read read =
        series(weekly("") + event("UID:A\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260413T130000Z\r\n"
                                  "DTSTART:20260413T140000Z\r\n"),
               "2026-04-01T00:00:00Z");
    REQUIRE(read.parsed.refusals.size() == 1);
    CHECK(read.parsed.refusals.front().refusal.field == "RECURRENCE-ID");
    CHECK(!read.reading.complete);
}

TEST_CASE("rules by the second or the minute are refused untried", "[court]") {
    for (const char* const frequency :
         {"SECONDLY", "MINUTELY", "HOURLY", "DAILY;BYHOUR=9,10;BYMINUTE=0,10,20,30,40,50,55"}) {
        const Read read =
            series(event(std::string("UID:A\r\nDTSTART:20260406T130000Z\r\nRRULE:FREQ=") +
                         frequency + "\r\n"),
                   "2026-04-01T00:00:00Z");
        CHECK(read.reading.listings.empty());
        REQUIRE(read.parsed.refusals.size() == 1);
        CHECK(read.parsed.refusals.front().refusal.reason == RefusalReason::RecurrenceTooLarge);
    }
}

TEST_CASE("a rule that cannot be read refuses its event instead of listing it once", "[court]") {
    for (const char* const rule :
         {"FREQ=FORTNIGHTLY", "INTERVAL=2", "FREQ=WEEKLY;COUNT=2;UNTIL=20260501T000000Z"}) {
        const Read read = series(
            event(std::string("UID:A\r\nDTSTART:20260406T130000Z\r\nRRULE:") + rule + "\r\n"),
            "2026-04-01T00:00:00Z");
        INFO(rule);
        CHECK(read.reading.listings.empty());
        REQUIRE(read.parsed.refusals.size() == 1);
        CHECK(read.parsed.refusals.front().refusal.reason == RefusalReason::InvalidField);
    }
}

TEST_CASE("an endless series is listed for four hundred days", "[court]") {
    const Read read = series(event("UID:A\r\nDTSTART:20200106T130000Z\r\nRRULE:FREQ=WEEKLY\r\n"),
                             "2026-04-01T00:00:00Z");
    const UtcTime now = at("2026-04-01T00:00:00Z");
    REQUIRE(!read.reading.listings.empty());
    for (const Listing& listing : read.reading.listings) {
        CHECK(listing.start >= now - kExpansionBack);
        CHECK(listing.start <= now + kExpansionAhead);
    }
    CHECK(read.reading.listings.size() == 62);
}

TEST_CASE("an RDATE that is a period lasts as long as the period", "[court]") {
    const Read read = series(
        event("UID:A\r\nDTSTART;TZID=America/New_York:20260406T090000\r\nDURATION:PT30M\r\n"
              "RDATE;VALUE=PERIOD:20260410T140000Z/PT2H,20260411T140000Z/20260411T150000Z\r\n"
              "RDATE;TZID=America/New_York:20260412T090000\r\n"),
        "2026-04-01T00:00:00Z");
    CHECK(spans(read.reading) == Spans{"2026-04-06T13:00:00Z/2026-04-06T13:30:00Z",
                                       "2026-04-10T14:00:00Z/2026-04-10T16:00:00Z",
                                       "2026-04-11T14:00:00Z/2026-04-11T15:00:00Z",
                                       "2026-04-12T13:00:00Z/2026-04-12T13:30:00Z"});
}

TEST_CASE("a changed instance is of its series' case, and two cases in one title are noted",
          "[court]") {
    const std::string profile =
        std::string(kFeed) + "[ical]\ncase_pattern = '[0-9]{2}-CR-[0-9]+'\n";
    const Read read = read_text(
        calendar(event("UID:A\r\nDTSTART:20260406T130000Z\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n"
                       "SUMMARY:State v. Doe 26-CR-1 and 26-CR-2\r\n") +
                 event("UID:A\r\nRECURRENCE-ID:20260413T130000Z\r\n"
                       "DTSTART:20260413T150000Z\r\nSUMMARY:moved\r\n")),
        site_of(profile), at("2026-04-01T00:00:00Z"));
    REQUIRE(read.reading.listings.size() == 2);
    CHECK(read.reading.listings[0].case_number == read.reading.listings[1].case_number);
    CHECK(read.parsed.refusals.empty());
    CHECK(has_finding(read, "SUMMARY"));
}

TEST_CASE("lines that end with a carriage return alone are lines", "[court]") {
    std::string text =
        calendar(event("UID:A\r\nDTSTART:20260406T130000Z\r\nSUMMARY:a\r\n folded\r\n"));
    std::erase(text, '\n');
    CHECK(read_text(text, uid_site(), at("2026-04-01T00:00:00Z")).reading.listings.size() == 1);
}

TEST_CASE("a rule with too many instances is cut at the bound and noted", "[court]") {
    const Read read = series(event("UID:A\r\nDTSTART:20260406T130000Z\r\n"
                                   "RRULE:FREQ=DAILY;BYHOUR=9,10,11,13,14,15\r\n"),
                             "2026-04-01T00:00:00Z");
    CHECK(read.reading.listings.size() == kInstancesMax);
    CHECK(has_finding(read, "RRULE"));
}

TEST_CASE("days that no calendar has are refused before anything is expanded", "[court]") {
    for (const char* const rule :
         {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=4,6;BYMONTHDAY=31,-31",
          "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;UNTIL=20260230"}) {
        INFO(rule);
        const Read read = series(
            event("UID:A\r\nDTSTART:20260406T130000Z\r\nRRULE:" + std::string(rule) + "\r\n"),
            "2026-04-01T00:00:00Z");
        CHECK(read.reading.listings.empty());
        CHECK(read.parsed.refusals.size() == 1);
    }
}

TEST_CASE("invalid dates of a rule are left out, not moved", "[court]") {
    const Read read =
        series(event("UID:A\r\nDTSTART:20260131T130000Z\r\nRRULE:FREQ=MONTHLY;COUNT=3\r\n"),
               "2026-01-15T00:00:00Z");
    CHECK(spans(read.reading) == Spans{"2026-01-31T13:00:00Z/2026-01-31T14:00:00Z",
                                       "2026-03-31T13:00:00Z/2026-03-31T14:00:00Z",
                                       "2026-05-31T13:00:00Z/2026-05-31T14:00:00Z"});
}

TEST_CASE("a start that does not match its rule is the first occurrence and counts", "[court]") {
    const Read read =
        series(event("UID:A\r\nDTSTART:20260407T130000Z\r\nRRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3\r\n"),
               "2026-04-01T00:00:00Z");
    CHECK(spans(read.reading) == Spans{"2026-04-07T13:00:00Z/2026-04-07T14:00:00Z",
                                       "2026-04-13T13:00:00Z/2026-04-13T14:00:00Z",
                                       "2026-04-20T13:00:00Z/2026-04-20T14:00:00Z"});
}

TEST_CASE("a hostile rule is stopped by its CPU limit and the others go on", "[court]") {
    RuleRequest hostile;
    hostile.rule = "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;BYMINUTE=0;BYSECOND=0";
    hostile.start = LocalTime{make_date(2026, 4, 6)->time_since_epoch()};
    hostile.from = hostile.start;
    hostile.to = hostile.start + kExpansionAhead;
    hostile.count_max = kInstancesMax;
    RuleRequest good = hostile;
    good.rule = "FREQ=DAILY;COUNT=4";
    const std::vector<RuleRequest> requests{hostile, good, hostile, good};
    const auto began = std::chrono::steady_clock::now();
    const auto answers = expand_rules(requests);
    const auto took = std::chrono::steady_clock::now() - began;
    REQUIRE(answers);
    CHECK((*answers)[0].end == ExpansionEnd::TooSlow);
    CHECK((*answers)[1].starts.size() == 4);
    CHECK((*answers)[2].end == ExpansionEnd::TooSlow);
    CHECK((*answers)[3].starts.size() == 4);
    CHECK(took < kExpansionSilenceMax);
}

TEST_CASE("after many hostile rules the rest of a file is refused untried", "[court]") {
    RuleRequest hostile;
    hostile.rule = "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30;BYMINUTE=0;BYSECOND=0";
    hostile.start = LocalTime{make_date(2026, 4, 6)->time_since_epoch()};
    hostile.from = hostile.start;
    hostile.to = hostile.start + kExpansionAhead;
    hostile.count_max = kInstancesMax;
    const std::vector<RuleRequest> requests(100, hostile);
    const auto answers = expand_rules(requests);
    REQUIRE(answers);
    CHECK(answers->size() == 100);
    CHECK(answers->back().end == ExpansionEnd::TooSlow);
}

}  // namespace carehub::adapters::court::testing
