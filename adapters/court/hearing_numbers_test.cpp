// Several hearings of one case, type and day, from list to list.
#include "adapters/court/hearing_numbers.hpp"

#include "adapters/court/test_support.hpp"

namespace carehub::adapters::court::testing {
namespace {

const std::string kTable =
    std::string(kFeed) +
    "[csv]\ndate_format = \"MM/DD/YYYY\"\ntime_format = \"h:mm am/pm\"\n"
    "[csv.columns]\ncase = \"case_no\"\ntype = \"event\"\ndate = \"event_dt\"\n"
    "time = \"start_tm\"\nroom = \"courtroom\"\nresult = \"result\"\n"
    "[results]\nFTA = \"FailureToAppear\"\nHELD = \"HearingHeld\"\nVACATED = "
    "\"HearingCancelled\"\n";

/// A hearing of the case on 20 April, and others so far apart that one that goes is no fall.
std::string at_times(std::initializer_list<const char*> times_and_rooms) {
    std::string all = "event_dt,start_tm,courtroom,case_no,event,result\n";
    for (const char* const one : times_and_rooms) {
        all += "04/20/2026," + std::string(one) + ",C-2,Status,\n";
    }
    for (int i = 1; i < 10; ++i) {
        all += "06/0" + std::to_string(i) + "/2026,9:00 am,2,F-" + std::to_string(i) + ",Review,\n";
    }
    return all;
}

constexpr const char* kDay1 = "2026-04-01T08:00:00Z";
constexpr const char* kDay2 = "2026-04-02T08:00:00Z";
constexpr const char* kDay3 = "2026-04-03T08:00:00Z";

/// The key that the first list gave the hearing of that time.
std::string key_at(const Parsed& parsed, const char* start) {
    for (const Submission& event : parsed.events) {
        if (to_iso(claim(event).start) == start) {
            return event.business_key;
        }
    }
    return "";
}

constexpr const char* kNine = "2026-04-20T13:00:00Z";
constexpr const char* kHalfPastOne = "2026-04-20T17:30:00Z";

}  // namespace

TEST_CASE("of two hearings of a case, type and day the one that is gone is unlisted", "[court]") {
    Court court(site_of(kTable));
    const Parsed both = court.send("1.csv", at_times({"9:00 am,2", "1:30 pm,2"}), kDay1);
    const bool morning_goes = GENERATE(true, false);
    const std::string left = at_times({morning_goes ? "1:30 pm,2" : "9:00 am,2"});
    CHECK(court.send("2.csv", left, kDay2).events.empty());
    const Parsed third = court.send("3.csv", left, kDay3);
    REQUIRE(third.events.size() == 1);
    CHECK(third.events[0].kind == EventKind::HearingUnlisted);
    const char* const gone = morning_goes ? kNine : kHalfPastOne;
    CHECK(third.events[0].business_key == key_at(both, gone));
    CHECK(to_iso(claim(third.events[0]).start) == gone);
}

TEST_CASE("a hearing put before others of its day takes no other one's key", "[court]") {
    Court court(site_of(kTable));
    const Parsed both = court.send("1.csv", at_times({"9:00 am,2", "1:30 pm,2"}), kDay1);
    const Parsed three =
        court.send("2.csv", at_times({"8:30 am,2", "9:00 am,2", "1:30 pm,2"}), kDay2);
    REQUIRE(three.events.size() == 1);
    CHECK(three.events[0].kind == EventKind::HearingScheduled);
    CHECK(three.events[0].business_key != key_at(both, kNine));
    CHECK(three.events[0].business_key != key_at(both, kHalfPastOne));
}

TEST_CASE("of two hearings of a day the one whose time changed is modified", "[court]") {
    Court court(site_of(kTable));
    const Parsed both = court.send("1.csv", at_times({"9:00 am,2", "1:30 pm,2"}), kDay1);
    const Parsed later = court.send("2.csv", at_times({"9:00 am,2", "8:00 am,2"}), kDay2);
    REQUIRE(later.events.size() == 1);
    CHECK(later.events[0].kind == EventKind::HearingModified);
    CHECK(later.events[0].business_key == key_at(both, kHalfPastOne));
}

TEST_CASE("rows of one hearing, once a charge or a room, are one hearing in any order", "[court]") {
    Court court(site_of(kTable));
    const Parsed told = court.send("1.csv", at_times({"9:00 am,2", "9:00 am,3"}), kDay1);
    CHECK(told.events.size() == 10);
    CHECK(claim(told.events[0]).location.name == "2");
    CHECK(told.findings.size() == 1);
    CHECK(court.send("2.csv", at_times({"9:00 am,3", "9:00 am,2"}), kDay2).events.empty());

    // One count is dismissed, the other one is still listed.
    const auto vacated = [](std::string text, std::size_t row) {
        std::size_t at = 0;
        for (std::size_t i = 0; i <= row; ++i) {
            at = text.find("Status,\n", at) + 1;
        }
        return text.replace(at - 1, 8, "Status,VACATED\n");
    };
    for (const std::size_t row : {0U, 1U}) {
        const std::string list = vacated(at_times({"9:00 am,2", "9:00 am,2"}), row);
        CHECK(court.send("3.csv", list, kDay3).events.empty());
    }
}

TEST_CASE("results of one hearing that contradict are refused, and none is told", "[court]") {
    Court court(site_of(kTable));
    court.send("1.csv", at_times({"9:00 am,2"}), kDay1);
    const std::string words = GENERATE("HELD FTA", "FTA HELD");
    std::string list = at_times({"9:00 am,2", "9:00 am,2"});
    list.replace(list.find("Status,\n"), 8, "Status," + words.substr(0, 4) + "\n");
    list.replace(list.find("Status,\n"), 8, "Status," + words.substr(4) + "\n");
    const Parsed parsed = court.send("2.csv", list, "2026-04-20T21:00:00Z");
    CHECK(parsed.events.empty());
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].refusal.field == "result");
}

TEST_CASE("one failure to appear of a hearing with rows for each charge is told once", "[court]") {
    Court court(site_of(kTable));
    court.send("1.csv", at_times({"9:00 am,2"}), kDay1);
    std::string list = at_times({"9:00 am,2", "9:00 am,2"});
    list.replace(list.rfind("Status,\n"), 8, "Status,FTA\n");
    const Parsed parsed = court.send("2.csv", list, "2026-04-20T21:00:00Z");
    REQUIRE(parsed.events.size() == 1);
    CHECK(parsed.events[0].kind == EventKind::FailureToAppear);
}

TEST_CASE("a hearing held and a second one of the day keep their keys", "[court]") {
    Court court(site_of(kTable));
    const Parsed both = court.send("1.csv", at_times({"9:00 am,2", "1:30 pm,2"}), kDay1);
    // On the evening of the day only the first has a result, and the second stands later.
    std::string evening = at_times({"9:00 am,2", "4:00 pm,2"});
    evening.replace(evening.find("Status,\n"), 8, "Status,HELD\n");
    const Parsed parsed = court.send("2.csv", evening, "2026-04-20T15:00:00Z");
    REQUIRE(parsed.events.size() == 2);
    CHECK(parsed.events[0].kind == EventKind::HearingHeld);
    CHECK(parsed.events[0].business_key == key_at(both, kNine));
    CHECK(parsed.events[1].kind == EventKind::HearingModified);
    CHECK(parsed.events[1].business_key == key_at(both, kHalfPastOne));
}

TEST_CASE("a result of a day ahead of the list is a finding, and believed once it can be",
          "[court]") {
    Court court(site_of(kTable));
    const char* const result = GENERATE("HELD", "FTA");
    std::string told = at_times({"9:00 am,2"});
    told.replace(told.find("Status,\n"), 8, "Status," + std::string(result) + "\n");
    const Parsed early = court.send("1.csv", told, kDay1);
    REQUIRE(early.events.size() == 10);
    CHECK(early.events[0].kind == EventKind::HearingScheduled);
    REQUIRE(early.findings.size() == 1);
    CHECK(early.findings[0].field == "result");
    const Parsed that_day = court.send("2.csv", told, "2026-04-20T21:00:00Z");
    REQUIRE(that_day.events.size() == 1);
    CHECK(that_day.events[0].kind != EventKind::HearingScheduled);
}

}  // namespace carehub::adapters::court::testing
