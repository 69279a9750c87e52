#include "adapters/court/test_support.hpp"

namespace carehub::adapters::court::testing {
namespace {

constexpr const char* kDay1 = "2026-04-01T08:00:00Z";
constexpr const char* kDay2 = "2026-04-02T08:00:00Z";
constexpr const char* kDay3 = "2026-04-03T08:00:00Z";

std::string hearing(const std::string& uid, const std::string& number, const std::string& start,
                    const std::string& more = "") {
    return event("UID:" + uid +
                 "\r\nDTSTAMP:20260331T120000Z\r\nDTSTART;TZID=America/New_York:" + start +
                 "\r\nDURATION:PT1H\r\nSUMMARY:State v. Example\r\nX-CASE-NUMBER:" + number +
                 "\r\nX-HEARING-TYPE:Status Hearing\r\n" + more);
}

}  // namespace

TEST_CASE("a calendar's hearing is scheduled under feed, UID and instance", "[court]") {
    Court court(site_of(kFeed));
    const Parsed parsed =
        court.send("a.ics", calendar(hearing("u1", "23-cr 411", "20260420T090000")), kDay1);
    REQUIRE(parsed.events.size() == 1);
    const Submission& event = parsed.events.front();
    CHECK(event.kind == EventKind::HearingScheduled);
    CHECK(event.business_key == "court|u1|-");
    CHECK(event.source_msg_id.starts_with("u1|-|0|"));
    CHECK(event.identifiers == std::vector<Identifier>{{"GREENE-CIRCUIT", "CASE", "23-CR411"}});
    CHECK(to_iso(event.occurred_at) == "2026-03-31T12:00:00Z");
    CHECK(claim(event).reason_code == "STATUS HEARING");
}

TEST_CASE("an unchanged event read anew has the same id", "[court]") {
    const std::string text = calendar(hearing("u1", "23-CR-411", "20260420T090000"));
    Court first(site_of(kFeed));
    Court second(site_of(kFeed));
    const Parsed a = first.send("a.ics", text, kDay1);
    const Parsed b = second.send("b.ics", text, kDay2);
    REQUIRE(a.events.size() == 1);
    CHECK(a.events == b.events);
}

TEST_CASE("neither summary nor description leaves the adapter", "[court]") {
    Court court(site_of(kFeed));
    const Parsed parsed =
        court.send("a.ics", calendar(hearing("u1", "1", "20260420T090000")), kDay1);
    const ObligationClaim& said = claim(parsed.events.front());
    CHECK(said.reason_code.find("Example") == std::string::npos);
    CHECK(said.location.name.empty());
    CHECK(court.store.to_json().find("Example") == std::string::npos);
}

TEST_CASE("an event without a case number is refused and says how to name the property",
          "[court]") {
    Court court(site_of(kFeed));
    const Parsed parsed = court.send("a.ics",
                                     calendar(event("UID:1\r\nDTSTART:20260420T130000Z\r\n"
                                                    "RRULE:FREQ=DAILY;COUNT=3\r\n") +
                                              hearing("2", "23-CR-1", "20260420T090000")),
                                     kDay1);
    CHECK(parsed.events.size() == 1);
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals.front().refusal.reason == RefusalReason::RowIncomplete);
    CHECK(parsed.refusals.front().refusal.fix.find("case_property") != std::string::npos);
    CHECK(parsed.refusals.front().file == "a.ics");
    CHECK(parsed.refusals.front().line == 4);
}

TEST_CASE("the case number may be found by a pattern in the summary", "[court]") {
    Court court(
        site_of(std::string(kFeed) + "[ical]\ncase_pattern = 'Case ([0-9]+-[A-Z]+-[0-9]+)'\n"));
    const Parsed parsed = court.send("a.ics",
                                     calendar(event("UID:1\r\nDTSTART:20260420T130000Z\r\n"
                                                    "SUMMARY:Case 23-CR-411\\, review\r\n")),
                                     kDay1);
    REQUIRE(parsed.events.size() == 1);
    CHECK(parsed.events.front().identifiers.front().value == "23-CR-411");
}

TEST_CASE("a new day is a continuance, a new time a modification, of the same UID", "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics", calendar(hearing("u1", "1", "20260420T090000")), kDay1);
    const Parsed time = court.send(
        "b.ics", calendar(hearing("u1", "1", "20260420T103000", "SEQUENCE:1\r\n")), kDay2);
    REQUIRE(time.events.size() == 1);
    CHECK(time.events.front().kind == EventKind::HearingModified);
    const Parsed day = court.send(
        "c.ics", calendar(hearing("u1", "1", "20260511T103000", "SEQUENCE:2\r\n")), kDay3);
    REQUIRE(day.events.size() == 1);
    CHECK(day.events.front().kind == EventKind::HearingContinued);
    CHECK(day.events.front().business_key == "court|u1|-");
    CHECK(to_iso(claim(day.events.front()).prev_start) == "2026-04-20T14:30:00Z");
}

TEST_CASE("a generator that mints new UIDs at every export changes nothing", "[court]") {
    Court court(site_of(kFeed));
    const Parsed first =
        court.send("a.ics", calendar(hearing("u1", "1", "20260420T090000")), kDay1);
    CHECK(
        court.send("b.ics", calendar(hearing("u2", "1", "20260420T090000")), kDay2).events.empty());
    const Parsed moved =
        court.send("c.ics", calendar(hearing("u3", "1", "20260511T090000")), kDay3);
    REQUIRE(moved.events.size() == 1);
    CHECK(moved.events.front().kind == EventKind::HearingContinued);
    CHECK(moved.events.front().business_key == first.events.front().business_key);
}

TEST_CASE("a lower SEQUENCE than known is ignored with a finding", "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics", calendar(hearing("u1", "1", "20260420T090000", "SEQUENCE:5\r\n")), kDay1);
    const Parsed stale = court.send(
        "b.ics", calendar(hearing("u1", "1", "20260511T090000", "SEQUENCE:4\r\n")), kDay2);
    CHECK(stale.events.empty());
    CHECK(stale.findings.size() == 1);
}

TEST_CASE("METHOD:CANCEL cancels the hearing, or one instance of a series", "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics",
               calendar(hearing("u1", "1", "20260420T090000", "RRULE:FREQ=WEEKLY;COUNT=3\r\n")),
               kDay1);
    const Parsed one = court.send(
        "b.ics",
        calendar("METHOD:CANCEL\r\n" +
                 hearing("u1", "1", "20260427T090000",
                         "RECURRENCE-ID;TZID=America/New_York:20260427T090000\r\nSEQUENCE:1\r\n")),
        kDay2);
    REQUIRE(one.events.size() == 1);
    CHECK(one.events.front().kind == EventKind::HearingCancelled);
    CHECK(one.events.front().business_key == "court|u1|20260427T130000Z");
    const Parsed all = court.send(
        "c.ics",
        calendar("METHOD:CANCEL\r\n" + hearing("u1", "1", "20260420T090000",
                                               "RRULE:FREQ=WEEKLY;COUNT=3\r\nSEQUENCE:1\r\n")),
        kDay3);
    CHECK(all.events.size() == 2);
    for (const Submission& event : all.events) {
        CHECK(event.kind == EventKind::HearingCancelled);
    }
}

TEST_CASE("METHOD:CANCEL of a UID cancels its instances even without the rule", "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics",
               calendar(hearing("u1", "1", "20260420T090000", "RRULE:FREQ=WEEKLY;COUNT=3\r\n")),
               kDay1);
    const Parsed all = court.send(
        "b.ics",
        calendar("METHOD:CANCEL\r\n" + hearing("u1", "1", "20260420T090000", "SEQUENCE:1\r\n")),
        kDay2);
    CHECK(all.events.size() == 3);
    for (const Submission& event : all.events) {
        CHECK(event.kind == EventKind::HearingCancelled);
    }
}

TEST_CASE("an instance taken out by a later EXDATE is unlisted after two snapshots", "[court]") {
    Court court(site_of(kFeed));
    const std::string rule = "RRULE:FREQ=WEEKLY;COUNT=4\r\n";
    const std::string holed = rule + "EXDATE;TZID=America/New_York:20260427T090000\r\n";
    court.send("a.ics", calendar(hearing("u1", "1", "20260420T090000", rule)), kDay1);
    CHECK(court.send("b.ics", calendar(hearing("u1", "1", "20260420T090000", holed)), kDay2)
              .events.empty());
    const Parsed third =
        court.send("c.ics", calendar(hearing("u1", "1", "20260420T090000", holed)), kDay3);
    REQUIRE(third.events.size() == 1);
    CHECK(third.events.front().kind == EventKind::HearingUnlisted);
    CHECK(third.events.front().business_key == "court|u1|20260427T130000Z");
}

TEST_CASE("a truncated calendar unlists nothing", "[court]") {
    Court court(site_of(kFeed));
    const std::string kept =
        hearing("u1", "1", "20260420T090000") + hearing("u3", "3", "20260520T090000");
    court.send("a.ics", calendar(hearing("u2", "2", "20260427T090000") + kept), kDay1);
    const std::string cut = calendar(kept + hearing("u2", "2", "20260427T090000"));
    for (const char* const now : {kDay2, kDay3, "2026-04-04T08:00:00Z"}) {
        CHECK(court.send("cut.ics", cut.substr(0, cut.size() - 60), now).events.empty());
    }
}

TEST_CASE("tentative, transparent and restricted events carry their marks", "[court]") {
    Court court(site_of(kFeed));
    const Parsed parsed = court.send(
        "a.ics",
        calendar(hearing("u1", "1", "20260420T090000",
                         "STATUS:TENTATIVE\r\nTRANSP:TRANSPARENT\r\nCLASS:CONFIDENTIAL\r\n")),
        kDay1);
    REQUIRE(parsed.events.size() == 1);
    CHECK(claim(parsed.events.front()).status == ObligationStatus::Proposed);
    CHECK(claim(parsed.events.front()).tentative);
    CHECK(claim(parsed.events.front()).transparent);
    CHECK(parsed.events.front().labels.has(SecurityLabel::SealedCase));
}

TEST_CASE("a result comes from the property the profile names", "[court]") {
    Court court(
        site_of(std::string(kFeed) + "[results]\n\"DID NOT APPEAR\" = \"FailureToAppear\"\n"));
    court.send("a.ics", calendar(hearing("u1", "1", "20260401T090000")), kDay1);
    const Parsed after = court.send(
        "b.ics", calendar(hearing("u1", "1", "20260401T090000", "X-RESULT:Did not appear\r\n")),
        kDay2);
    REQUIRE(after.events.size() == 1);
    CHECK(after.events.front().kind == EventKind::FailureToAppear);
}

TEST_CASE("a calendar call occupies its half day", "[court]") {
    Court court(site_of(kFeed));
    const Parsed parsed = court.send(
        "a.ics",
        calendar(
            hearing("u1", "1", "20260420T090000", "X-NOTE:1\r\n") +
            event("UID:u2\r\nDTSTART;TZID=America/"
                  "New_York:20260420T133000\r\nX-CASE-NUMBER:2\r\nSUMMARY:Calendar  Call\r\n")),
        kDay1);
    REQUIRE(parsed.events.size() == 2);
    CHECK(!parsed.events[0].time_flags.has(TimeFlag::CallList));
    CHECK(parsed.events[1].time_flags.has(TimeFlag::CallList));
    CHECK(to_iso(claim(parsed.events[1]).end) == "2026-04-20T21:00:00Z");
}

TEST_CASE("a calendar and a table of one feed do not unlist each other", "[court]") {
    Court court(site_of(std::string(kFeed) + "[csv.columns]\ncase = \"case\"\ndate = \"date\"\n"));
    court.send("a.ics", calendar(hearing("u1", "1", "20260420T090000")), kDay1);
    for (const char* const now : {kDay1, kDay2, kDay3}) {
        for (const Submission& event :
             court.send("b.csv", "case,date\n9,2026-04-10\n8,2026-04-30\n", now).events) {
            CHECK(event.kind == EventKind::HearingScheduled);
        }
    }
}

TEST_CASE("a UID that now stands for another case passes nobody's hearing on", "[court]") {
    Court court(site_of(kFeed));
    const Parsed first =
        court.send("a.ics", calendar(hearing("u1", "C-1", "20260420T090000")), kDay1);
    const Parsed second =
        court.send("b.ics", calendar(hearing("u1", "C-2", "20260420T090000")), kDay2);
    REQUIRE(second.events.size() == 2);
    CHECK(second.events[0].kind == EventKind::HearingUnlisted);
    CHECK(second.events[0].identifiers.front().value == "C-1");
    CHECK(second.events[0].business_key == first.events[0].business_key);
    CHECK(second.events[1].kind == EventKind::HearingScheduled);
    CHECK(second.events[1].identifiers.front().value == "C-2");
    CHECK(second.events[1].business_key != first.events[0].business_key);
    CHECK(second.findings.size() == 1);
    CHECK(court.send("c.ics", calendar(hearing("u1", "C-2", "20260420T090000")), kDay3)
              .events.empty());
}

TEST_CASE(
    "a participant's number told later, or a new case number of the same participant, is no other "
    "person",
    "[court]") {
    Court court(site_of(kFeed));
    const auto told = [](const char* number, const char* participant) {
        return calendar(hearing("u1", number, "20260420T090000", participant));
    };
    court.send("a.ics", told("C-1", ""), kDay1);
    const Parsed second = court.send("b.ics", told("C-1", "X-PARTICIPANT-NUMBER:P1\r\n"), kDay2);
    REQUIRE(second.events.size() == 1);
    CHECK(second.events[0].kind == EventKind::HearingModified);
    const Parsed third = court.send("c.ics", told("C1", "X-PARTICIPANT-NUMBER:P1\r\n"), kDay3);
    REQUIRE(third.events.size() == 1);
    CHECK(third.events[0].kind == EventKind::HearingModified);
}

namespace {

std::string weekly(const std::string& start, const std::string& more) {
    return calendar(hearing("s", "1", start, "RRULE:FREQ=WEEKLY;" + more));
}

std::size_t count_of(const Parsed& parsed, EventKind kind) {
    return static_cast<std::size_t>(std::ranges::count(parsed.events, kind, &Submission::kind));
}

}  // namespace

TEST_CASE("a series moved at its master moves its hearings, and none is left behind", "[court]") {
    Court court(site_of(kFeed));
    const Parsed first = court.send("a.ics", weekly("20260420T090000", "COUNT=6\r\n"), kDay1);
    REQUIRE(first.events.size() == 6);
    const Parsed hour =
        court.send("b.ics", weekly("20260420T093000", "COUNT=6\r\nSEQUENCE:1\r\n"), kDay2);
    CHECK(hour.events.size() == 6);
    CHECK(count_of(hour, EventKind::HearingModified) == 6);
    CHECK(hour.events[3].business_key == first.events[3].business_key);
    const Parsed day =
        court.send("c.ics", weekly("20260421T093000", "COUNT=5\r\nSEQUENCE:2\r\n"), kDay3);
    CHECK(day.events.size() == 5);
    CHECK(count_of(day, EventKind::HearingContinued) == 5);
    CHECK(day.events[2].business_key == first.events[2].business_key);
    const Parsed last = court.send("d.ics", weekly("20260421T093000", "COUNT=5\r\nSEQUENCE:2\r\n"),
                                   "2026-04-04T08:00:00Z");
    REQUIRE(last.events.size() == 1);  // the sixth
    CHECK(last.events[0].kind == EventKind::HearingUnlisted);
}

TEST_CASE("what is taken out of a series is unlisted, and no new hearing of it takes its place",
          "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics", weekly("20260420T090000", "COUNT=4\r\n"), kDay1);
    const std::string out = "EXDATE;TZID=America/New_York:20260427T090000\r\nSEQUENCE:1\r\n";
    const Parsed longer =
        court.send("b.ics", weekly("20260420T090000", "COUNT=5\r\n" + out), kDay2);
    REQUIRE(longer.events.size() == 1);
    CHECK(longer.events[0].kind == EventKind::HearingScheduled);
    const Parsed gone = court.send("c.ics", weekly("20260420T090000", "COUNT=5\r\n" + out), kDay3);
    REQUIRE(gone.events.size() == 1);
    CHECK(gone.events[0].kind == EventKind::HearingUnlisted);
    CHECK(to_iso(claim(gone.events[0]).start) == "2026-04-27T13:00:00Z");
}

TEST_CASE("a series that ends sooner than it did leaves no hearing standing after its end",
          "[court]") {
    Court court(site_of(kFeed));
    court.send("a.ics", weekly("20260420T090000", "COUNT=5\r\n"), kDay1);
    const std::string shorter =
        weekly("20260420T090000", "UNTIL=20260505T000000Z\r\nSEQUENCE:1\r\n");
    CHECK(court.send("b.ics", shorter, kDay2).events.empty());
    const Parsed gone = court.send("c.ics", shorter, kDay3);
    CHECK(gone.events.size() == 2);
    CHECK(count_of(gone, EventKind::HearingUnlisted) == 2);
}

}  // namespace carehub::adapters::court::testing
