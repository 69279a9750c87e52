#include "adapters/court/test_support.hpp"

namespace carehub::adapters::court::testing {
namespace {

const std::string kTable =
    std::string(kFeed) +
    "[csv]\ndate_format = \"MM/DD/YYYY\"\ntime_format = \"h:mm am/pm\"\n"
    "[csv.columns]\ncase = \"case_no\"\ntype = \"event\"\ndate = \"event_dt\"\n"
    "time = \"start_tm\"\nroom = \"courtroom\"\nresult = \"result\"\nstatus = \"status\"\n"
    "[results]\nFTA = \"FailureToAppear\"\nHELD = \"HearingHeld\"\n";
const std::string kHeader = "event_dt,courtroom,start_tm,case_no,event,result,status\n";

/// A row such as row("04/20/2026", "9:00 am", "23-CR-1", "Arraignment").
std::string row(const std::string& date, const std::string& time, const std::string& number,
                const std::string& type, const std::string& rest = ",") {
    return date + ",Room 2," + time + "," + number + "," + type + "," + rest + "\n";
}

/// Ten listings far apart, so that one that goes is no suspicious fall and lies in the window.
std::string others() {
    std::string all = row("04/02/2026", "9:00 am", "F-0", "Review");
    for (int i = 1; i < 9; ++i) {
        all += row("04/2" + std::to_string(i) + "/2026", "9:00 am", "F-" + std::to_string(i),
                   "Review");
    }
    return all + row("06/30/2026", "9:00 am", "F-9", "Review");
}

std::string table(const std::string& rows) { return kHeader + rows + others(); }

constexpr const char* kDay1 = "2026-04-01T08:00:00Z";
constexpr const char* kDay2 = "2026-04-02T08:00:00Z";
constexpr const char* kDay3 = "2026-04-03T08:00:00Z";

}  // namespace

TEST_CASE("a new listing is a scheduled hearing, mandatory, movable by the judge alone",
          "[court]") {
    Court court(site_of(kTable));
    const Parsed parsed = court.send(
        "day1.csv", kHeader + row("04/20/2026", " 2:00 pm", "23-cr 1", "Arraignment"), kDay1);
    REQUIRE(parsed.events.size() == 1);
    const Submission& event = parsed.events.front();
    CHECK(event.kind == EventKind::HearingScheduled);
    CHECK(event.feed == "court");
    CHECK(event.business_key == "court|GREENE-CIRCUIT|23-CR1|ARRAIGNMENT|2026-04-20");
    CHECK(event.identifiers == std::vector<Identifier>{{"GREENE-CIRCUIT", "CASE", "23-CR1"}});
    CHECK(event.zone == "America/New_York");
    CHECK(claim(event).obligation_class == ObligationClass::CourtAppearance);
    CHECK(claim(event).status == ObligationStatus::Scheduled);
    CHECK(claim(event).mandatory);
    CHECK(claim(event).mover == Mover::Judge);
    CHECK(claim(event).location.name == "Room 2");
    CHECK(to_iso(claim(event).start) == "2026-04-20T18:00:00Z");
    CHECK(event.occurred_at <= at(kDay1));
}

TEST_CASE("the same list again gives no event", "[court]") {
    Court court(site_of(kTable));
    CHECK(court.send("day1.csv", table(""), kDay1).events.size() == 10);
    CHECK(court.send("day2.csv", table(""), kDay2).events.empty());
}

TEST_CASE("another date for the same case and type is the same hearing, continued", "[court]") {
    Court court(site_of(kTable));
    const Parsed first = court.send(
        "day1.csv", kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Arraignment"), kDay1);
    const Parsed second = court.send(
        "day2.csv", kHeader + row("05/11/2026", "9:00 am", "23-CR-1", "Arraignment"), kDay2);
    REQUIRE(second.events.size() == 1);
    const Submission& moved = second.events.front();
    CHECK(moved.kind == EventKind::HearingContinued);
    CHECK(moved.business_key == first.events.front().business_key);
    CHECK(moved.supersedes_key == first.events.front().source_msg_id);
    CHECK(claim(moved).prev_start == claim(first.events.front()).start);
    const Parsed third = court.send(
        "day3.csv", kHeader + row("06/01/2026", "9:00 am", "23-CR-1", "Arraignment"), kDay3);
    REQUIRE(third.events.size() == 1);
    CHECK(third.events.front().business_key == first.events.front().business_key);
}

TEST_CASE("a hearing listed beside the old one is another hearing, not a continuance", "[court]") {
    Court court(site_of(kTable));
    const std::string old = row("04/20/2026", "9:00 am", "23-CR-1", "Review");
    court.send("day1.csv", kHeader + old, kDay1);
    const Parsed second = court.send(
        "day2.csv", kHeader + old + row("05/11/2026", "9:00 am", "23-CR-1", "Review"), kDay2);
    REQUIRE(second.events.size() == 1);
    CHECK(second.events.front().kind == EventKind::HearingScheduled);
}

TEST_CASE("a hearing that takes a moved hearing's old place has a key of its own", "[court]") {
    Court court(site_of(kTable));
    const std::string moved = row("05/11/2026", "9:00 am", "23-CR-1", "Review");
    const Parsed first =
        court.send("day1.csv", kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review"), kDay1);
    court.send("day2.csv", kHeader + moved, kDay2);
    const Parsed third = court.send(
        "day3.csv", kHeader + moved + row("04/20/2026", "9:00 am", "23-CR-1", "Review"), kDay3);
    REQUIRE(third.events.size() == 1);
    CHECK(third.events.front().kind == EventKind::HearingScheduled);
    CHECK(third.events.front().business_key != first.events.front().business_key);
}

TEST_CASE("another time or room on the same day is a modification", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv", kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review"), kDay1);
    const Parsed later =
        court.send("day2.csv", kHeader + row("04/20/2026", "1:30 pm", "23-CR-1", "Review"), kDay2);
    REQUIRE(later.events.size() == 1);
    CHECK(later.events.front().kind == EventKind::HearingModified);
    CHECK(to_iso(claim(later.events.front()).prev_start) == "2026-04-20T13:00:00Z");
}

TEST_CASE("a change taken back is an event of its own, each with its own id", "[court]") {
    Court court(site_of(kTable));
    std::vector<std::string> ids;
    for (const char* const time : {"9:00 am", "1:30 pm", "9:00 am", "1:30 pm"}) {
        const Parsed parsed =
            court.send("list.csv", kHeader + row("04/20/2026", time, "23-CR-1", "Review"), kDay1);
        REQUIRE(parsed.events.size() == 1);
        ids.push_back(parsed.events.front().source_msg_id);
    }
    std::sort(ids.begin(), ids.end());
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
}

TEST_CASE("a listing gone from one snapshot is nothing, from two it is unlisted, once", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv", table(row("05/15/2026", "9:00 am", "23-CR-1", "Review")), kDay1);
    CHECK(court.send("day2.csv", table(""), kDay2).events.empty());
    const Parsed third = court.send("day3.csv", table(""), kDay3);
    REQUIRE(third.events.size() == 1);
    CHECK(third.events.front().kind == EventKind::HearingUnlisted);
    CHECK(claim(third.events.front()).status == ObligationStatus::Unlisted);
    CHECK(to_iso(claim(third.events.front()).start) == "2026-05-15T13:00:00Z");
    CHECK(court.send("day4.csv", table(""), "2026-04-04T08:00:00Z").events.empty());
    const Parsed back =
        court.send("day5.csv", table(row("05/15/2026", "9:00 am", "23-CR-1", "Review")),
                   "2026-04-05T08:00:00Z");
    REQUIRE(back.events.size() == 1);
    CHECK(back.events.front().kind == EventKind::HearingScheduled);
    CHECK(back.events.front().business_key == third.events.front().business_key);
}

TEST_CASE("a listing that comes back after one miss starts anew", "[court]") {
    Court court(site_of(kTable));
    const std::string with = table(row("05/15/2026", "9:00 am", "23-CR-1", "Review"));
    court.send("day1.csv", with, kDay1);
    for (const std::string& list : {table(""), with, table("")}) {
        CHECK(court.send("list.csv", list, kDay2).events.empty());
    }
}

TEST_CASE("the soonest hearing of a list that goes is unlisted like any other", "[court]") {
    Court court(site_of(kTable));
    const std::string later = others().substr(others().find('\n') + 1);
    court.send("day1.csv", kHeader + row("04/06/2026", "9:00 am", "23-CR-1", "Trial") + later,
               kDay1);
    CHECK(court.send("day2.csv", kHeader + later, kDay2).events.empty());
    const Parsed gone = court.send("day3.csv", kHeader + later, kDay3);
    REQUIRE(gone.events.size() == 1);
    CHECK(gone.events.front().kind == EventKind::HearingUnlisted);
}

TEST_CASE("a hearing whose time has come, or outside the window, is never unlisted", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv",
               table(row("04/02/2026", "9:00 am", "23-CR-1", "Trial") +
                     row("07/15/2026", "9:00 am", "23-CR-2", "Trial")),
               kDay1);
    for (const char* const now :
         {"2026-04-03T08:00:00Z", "2026-04-04T08:00:00Z", "2026-04-05T08:00:00Z"}) {
        CHECK(court.send("list.csv", table(""), now).events.empty());
    }
}

TEST_CASE("a fall of more than forty percent refuses the file as a whole", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv", table(""), kDay1);
    const SnapshotStore before = court.store;
    const Parsed fallen = court.send("day2.csv",
                                     kHeader + row("04/21/2026", "9:00 am", "F-1", "Review") +
                                         row("06/01/2026", "9:00 am", "NEW-1", "Review"),
                                     kDay1);
    CHECK(fallen.events.empty());
    REQUIRE(fallen.refusals.size() == 1);
    CHECK(fallen.refusals.front().refusal.reason == RefusalReason::SnapshotSuspicious);
    CHECK(fallen.refusals.front().line == 0);
    CHECK(court.store == before);
}

TEST_CASE("a fall is measured against the last list, not against all that is still known",
          "[court]") {
    Court court(site_of(kTable));
    const auto list = [](const std::string& type) {
        std::string rows = kHeader;
        for (int i = 1; i < 9; ++i) {
            rows += row("04/2" + std::to_string(i) + "/2026", "9:00 am", "F-1", type);
        }
        return rows;
    };
    court.send("1.csv", list("Review"), kDay1);
    for (const char* const now : {kDay2, kDay3, "2026-04-04T08:00:00Z"}) {
        const Parsed parsed = court.send("2.csv", list("Status Review"), now);
        CHECK(parsed.refusals.empty());
    }
    const Parsed fallen =
        court.send("3.csv", kHeader + row("04/21/2026", "9:00 am", "F-1", "Status Review"),
                   "2026-04-05T08:00:00Z");
    CHECK(fallen.refusals.size() == 1);
}

TEST_CASE("a list written before the last one and delivered after it sets nothing back",
          "[court]") {
    Court court(site_of(kTable));
    const std::string old = row("04/20/2026", "9:00 am", "23-CR-1", "Review");
    const std::string today = row("04/02/2026", "9:00 am", "23-CR-2", "Review");
    court.send("1.csv", table(old + today), kDay1);
    court.send("3.csv", table(row("05/11/2026", "9:00 am", "23-CR-1", "Review")), kDay3);
    const Parsed late =
        court.send_late("2.csv",
                        table(old + row("04/02/2026", "9:00 am", "23-CR-2", "Review", "FTA,") +
                              row("05/20/2026", "9:00 am", "23-CR-3", "Review")),
                        kDay2, "2026-04-04T08:00:00Z");
    REQUIRE(late.events.size() == 1);
    CHECK(late.events.front().kind == EventKind::FailureToAppear);
    REQUIRE(late.findings.size() == 1);
    CHECK(late.findings.front().field == "file");
    CHECK(court
              .send("4.csv", table(row("05/11/2026", "9:00 am", "23-CR-1", "Review")),
                    "2026-04-05T08:00:00Z")
              .events.empty());
}

TEST_CASE("a part of a list written before another part sets nothing back", "[court]") {
    Court court(site_of(kTable + "[snapshot]\ncomplete = false\n"));
    const std::string old = row("04/20/2026", "9:00 am", "23-CR-1", "Review");
    court.send("1.csv", kHeader + old, kDay1);
    court.send("3.csv",
               kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review", ",CONTINUED") +
                   row("05/11/2026", "9:00 am", "23-CR-1", "Review"),
               kDay3);
    const Parsed late =
        court.send_late("2.csv",
                        kHeader + old + row("05/11/2026", "2:00 pm", "23-CR-1", "Review") +
                            row("04/21/2026", "9:00 am", "23-CR-2", "Review"),
                        kDay2, "2026-04-04T08:00:00Z");
    REQUIRE(late.events.size() == 1);
    CHECK(late.events.front().kind == EventKind::HearingScheduled);
    CHECK(late.events.front().identifiers.front().value == "23-CR-2");
    CHECK(late.findings.size() == 1);
}

TEST_CASE("a list that is read again is not a second list without a hearing", "[court]") {
    Court court(site_of(kTable));
    court.send("1.csv", table(row("05/15/2026", "9:00 am", "23-CR-1", "Review")), kDay1);
    CHECK(court.send_late("2.csv", table(""), kDay2, kDay2).events.empty());
    CHECK(court.send_late("2.csv", table(""), kDay2, kDay3).events.empty());
    CHECK(court.send("3.csv", table(""), "2026-04-04T08:00:00Z").events.size() == 1);
}

TEST_CASE(
    "a hearing that was moved, nobody says where to, no longer stands; told later, it goes on",
    "[court]") {
    for (const char* const snapshot : {"[snapshot]\ncomplete = false\n", ""}) {
        Court court(site_of(kTable + snapshot));
        const bool whole = std::string(snapshot).empty();
        const std::string rest = whole ? others() : "";
        const std::string moved = row("04/20/2026", "9:00 am", "23-CR-1", "Review", ",CONTINUED");
        const Parsed first = court.send(
            "1.csv", kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review") + rest, kDay1);
        const Parsed second = court.send("2.csv", kHeader + moved + rest, kDay2);
        REQUIRE(second.events.size() == 1);
        CHECK(second.events.front().kind == EventKind::HearingUnlisted);
        CHECK(second.findings.size() == 1);
        CHECK(court.send("3.csv", kHeader + moved + rest, kDay3).events.empty());
        const auto copy = SnapshotStore::from_json(court.store.to_json());
        REQUIRE(copy);
        CHECK(copy->to_json() == court.store.to_json());
        const Parsed later =
            court.send("4.csv", kHeader + row("05/11/2026", "9:00 am", "23-CR-1", "Review") + rest,
                       "2026-04-21T08:00:00Z");
        REQUIRE(later.events.size() == 1);
        CHECK(later.events.front().kind == EventKind::HearingContinued);
        CHECK(to_iso(claim(later.events.front()).prev_start) == "2026-04-20T13:00:00Z");
        CHECK(later.events.front().supersedes_key == second.events.front().source_msg_id);
    }
}

TEST_CASE("a hearing continued at its own time is the same hearing", "[court]") {
    Court court(site_of(kTable));
    const Parsed first =
        court.send("1.csv", table(row("04/02/2026", "9:00 am", "23-CR-1", "Review")), kDay1);
    const Parsed after =
        court.send("2.csv",
                   table(row("04/02/2026", "9:00 am", "23-CR-1", "Review", ",CONTINUED") +
                         row("05/11/2026", "9:00 am", "23-CR-1", "Review")),
                   kDay3);
    REQUIRE(after.events.size() == 1);
    CHECK(after.events.front().kind == EventKind::HearingContinued);
}

TEST_CASE("hearings that are over do not count as a fall", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv", table(""), kDay1);
    const Parsed later =
        court.send("day2.csv", kHeader + row("06/30/2026", "9:00 am", "F-9", "Review"),
                   "2026-05-15T08:00:00Z");
    CHECK(later.refusals.empty());
}

TEST_CASE("a bad row does not make its case's hearing look gone", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv", table(row("05/15/2026", "9:00 am", "23-CR-1", "Review")), kDay1);
    for (const char* const now : {kDay2, kDay3}) {
        const Parsed parsed =
            court.send("list.csv", table(row("05/15/2026", "nine", "23-CR-1", "Review")), now);
        CHECK(parsed.events.empty());
        CHECK(parsed.refusals.size() == 1);
    }
}

TEST_CASE("a feed of changes concludes nothing from absence", "[court]") {
    Court court(site_of(kTable + "[snapshot]\ncomplete = false\n"));
    court.send("day1.csv", kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review"), kDay1);
    const Parsed other =
        court.send("day2.csv", kHeader + row("05/20/2026", "9:00 am", "23-CR-1", "Review"), kDay2);
    REQUIRE(other.events.size() == 1);
    CHECK(other.events.front().kind == EventKind::HearingScheduled);
    const Parsed moved =
        court.send("day3.csv",
                   kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review", ",CONTINUED") +
                       row("06/20/2026", "9:00 am", "23-CR-1", "Review"),
                   kDay3);
    REQUIRE(moved.events.size() == 1);
    CHECK(moved.events.front().kind == EventKind::HearingContinued);
    CHECK(to_iso(claim(moved.events.front()).prev_start) == "2026-04-20T13:00:00Z");
}

TEST_CASE("a vacated hearing is cancelled", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv", kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review"), kDay1);
    const Parsed gone = court.send(
        "day2.csv", kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review", ",Vacated"), kDay2);
    REQUIRE(gone.events.size() == 1);
    CHECK(gone.events.front().kind == EventKind::HearingCancelled);
    CHECK(claim(gone.events.front()).status == ObligationStatus::Cancelled);
    CHECK(court
              .send("day3.csv",
                    kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review", ",Vacated"), kDay3)
              .events.empty());
}

TEST_CASE("held and failure to appear come from an explicit result alone", "[court]") {
    Court court(site_of(kTable));
    const std::string held = row("04/20/2026", "9:00 am", "23-CR-1", "Review", "Held,");
    const std::string missed = row("04/20/2026", "9:00 am", "23-CR-2", "Review", "fta,");
    const std::string silent = row("04/20/2026", "9:00 am", "23-CR-3", "Review");
    court.send("day1.csv",
               kHeader + row("04/20/2026", "9:00 am", "23-CR-1", "Review") +
                   row("04/20/2026", "9:00 am", "23-CR-2", "Review") + silent,
               kDay1);
    const Parsed after =
        court.send("after.csv", kHeader + held + missed + silent, "2026-04-21T08:00:00Z");
    REQUIRE(after.events.size() == 2);
    CHECK(after.events[0].kind == EventKind::HearingHeld);
    CHECK(claim(after.events[0]).status == ObligationStatus::Completed);
    CHECK(after.events[1].kind == EventKind::FailureToAppear);
    CHECK(claim(after.events[1]).status == ObligationStatus::Missed);
    CHECK(to_iso(after.events[1].occurred_at) == "2026-04-20T13:00:00Z");
    CHECK(court.send("again.csv", kHeader + held + missed + silent, "2026-04-22T08:00:00Z")
              .events.empty());
}

TEST_CASE("the store is the same after a journey through its text", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv", table(row("05/15/2026", "", "23-CR-1", "Review")), kDay1);
    court.send("day2.csv", table(""), kDay2);
    const std::string text = court.store.to_json();
    auto copy = SnapshotStore::from_json(text);
    REQUIRE(copy);
    CHECK(copy->to_json() == text);
    court.store = *copy;
    CHECK(court.send("day3.csv", table(""), kDay3).events.size() == 1);
}

TEST_CASE("a damaged store is an error, an empty text an empty store", "[court]") {
    CHECK(SnapshotStore::from_json("")->listings.empty());
    for (const char* const text :
         {"{", "[]", "{}", R"({"version":4,"listings":{},"warrants":{}})",
          R"({"version":2,"listings":{}})", R"({"version":1,"listings":{"k":{}}})",
          R"({"version":1,"listings":{"k":1}})"}) {
        const auto store = SnapshotStore::from_json(text);
        REQUIRE(!store);
        CHECK(store.error().code == ErrorCode::Damaged);
    }
}

TEST_CASE("the same file against the same store gives the same events", "[court]") {
    Court court(site_of(kTable));
    court.send("day1.csv", table(row("05/15/2026", "9:00 am", "23-CR-1", "Review")), kDay1);
    const SnapshotStore before = court.store;
    const auto file =
        court.folder.write("day2.csv", table(row("05/18/2026", "9:00 am", "23-CR-1", "Review")));
    const auto first = read_file(file, court.site, court.store, at(kDay2));
    court.store = before;
    const auto second = read_file(file, court.site, court.store, at(kDay2));
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->events == second->events);
    CHECK(first->events.size() == 1);
}

}  // namespace carehub::adapters::court::testing
