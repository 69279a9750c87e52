// Jail rosters as snapshots.
#include <fstream>
#include <sstream>

#include "adapters/supervision/known_bookings.hpp"
#include "adapters/supervision/test_support.hpp"

namespace carehub::adapters::supervision::testing {
namespace {

std::string config(const std::string& snapshot = "") {
    return "[feed]\nname = \"j\"\nzone = \"America/New_York\"\nauthority = \"JAIL\"\n"
           "rows = \"roster\"\n" +
           snapshot +
           "[csv]\ndate_format = \"YYYY-MM-DD HH:mm\"\n[csv.columns]\nclient = \"person\"\n"
           "booking = \"booking\"\nbooked = \"in\"\nreleased = \"out\"\nrelease = \"how\"\n"
           "facility = \"unit\"\n[release]\nBOND = \"released\"\nPRISON = \"transferred\"\n";
}

const std::string kHeader = "person,booking,in,out,how,unit,name\n";
constexpr const char* kDay1 = "2026-04-01T08:00:00Z";
constexpr const char* kDay2 = "2026-04-02T08:00:00Z";
constexpr const char* kDay3 = "2026-04-03T08:00:00Z";

std::string in(const std::string& person, const std::string& booking) {
    return person + "," + booking + ",2026-03-30 22:15,,,A,x\n";
}

/// So many others in custody that one who is gone is no suspicious fall.
std::string others() {
    std::string rows;
    for (const char* const number : {"1", "2", "3", "4", "5"}) {
        rows += in(std::string("9") + number, std::string("O") + number);
    }
    return rows;
}

}  // namespace

TEST_CASE("custody starts with a booking, and ends as the row tells", "[supervision][jail]") {
    Agency jail(config());
    const Parsed first = jail.send("1.csv", kHeader + in("7", "B1") + in("8", "B2"), kDay1);
    REQUIRE(gist(first) ==
            Lines{"CustodyStarted 2026-03-31T02:15:00Z ", "CustodyStarted 2026-03-31T02:15:00Z "});
    CHECK(first.events[0].business_key == "j|BOOKING|B1");
    CHECK(first.events[0].identifiers ==
          std::vector<Identifier>{{"JAIL", "JAIL", "7"}, {"JAIL", "BOOKING", "B1"}});
    CHECK(justice(first.events[0]).custody_place.id == "A");
    const Parsed second = jail.send("2.csv",
                                    kHeader +
                                        "7,B1,2026-03-30 22:15,2026-04-01 09:00,Bond,A,x\n"
                                        "8,B2,2026-03-30 22:15,2026-04-01 10:00,PRISON,A,x\n",
                                    kDay2);
    CHECK(gist(second) == Lines{"CustodyEnded 2026-04-01T13:00:00Z Released",
                                "CustodyEnded 2026-04-01T14:00:00Z Transferred"});
    CHECK(second.events[0].business_key == first.events[0].business_key);
    CHECK(jail.send("3.csv", kHeader, kDay3).events.empty());
}

TEST_CASE("what a roster plans has not happened: a release or a booking ahead waits for its day",
          "[supervision][jail]") {
    Agency jail(config());
    const std::string rows =
        "7,B1,2026-03-30 22:15,2026-04-02 09:00,Bond,A,x\n"
        "8,B2,2026-04-02 18:00,,,A,x\n";
    const Parsed first = jail.send("1.csv", kHeader + rows, kDay1);
    CHECK(gist(first) == Lines{"CustodyStarted 2026-03-31T02:15:00Z "});
    REQUIRE(first.findings.size() == 2);
    CHECK(first.findings[0].field == "out");
    CHECK(first.findings[1].field == "in");
    CHECK(jail.send("2.csv", kHeader + rows, kDay2).events.empty());
    const Parsed third = jail.send("3.csv", kHeader + rows, kDay3);
    CHECK(gist(third) == Lines{"CustodyEnded 2026-04-02T13:00:00Z Released",
                               "CustodyStarted 2026-04-02T22:00:00Z "});
    CHECK_FALSE(third.events[0].correction);
}

TEST_CASE("an empty date of a database is no release, and a day before the booking is refused",
          "[supervision][jail]") {
    Agency jail(
        "[feed]\nname = \"j\"\nzone = \"America/New_York\"\nauthority = \"JAIL\"\nrows = "
        "\"roster\"\n"
        "[csv]\ndate_format = [\"YYYY-MM-DD HH:mm\", \"YYYY-MM-DD\"]\n[csv.columns]\nclient = "
        "\"p\"\n"
        "booking = \"b\"\nbooked = \"in\"\nreleased = \"out\"\n");
    const Parsed parsed = jail.send("1.csv",
                                    "p,b,in,out\n7,B1,2026-03-30 22:15,1900-01-01\n"
                                    "8,B2,2026-03-30 22:15,2026-03-29\n"
                                    "9,B3,2026-03-30 22:15,0000-00-00\n"
                                    "6,B4,2026-03-30 22:15,  :  / / \n",
                                    kDay1);
    CHECK(parsed.refusals.size() == 1);
    CHECK(gist(parsed) == Lines(3, "CustodyStarted 2026-03-31T02:15:00Z "));
}

TEST_CASE("a roster written before one that was read takes no release back",
          "[supervision][jail]") {
    Agency jail(config());
    static_cast<void>(jail.send("1.csv", kHeader + in("7", "B1"), kDay1));
    static_cast<void>(
        jail.send("3.csv", kHeader + "7,B1,2026-03-30 22:15,2026-04-02 09:00,Bond,A,x\n", kDay3));
    const Parsed late = jail.send("2.csv", kHeader + in("7", "B1") + in("8", "B2"), kDay2);
    CHECK(late.events.empty());
    REQUIRE(late.refusals.size() == 1);
    CHECK(late.refusals[0].refusal.reason == RefusalReason::SnapshotSuspicious);
    // Written at the same moment it is read.
    CHECK(jail.send("4.csv", kHeader + in("8", "B2"), kDay3).events.size() == 1);
}

TEST_CASE("a person gone from a complete roster is not released, but told", "[supervision][jail]") {
    Agency jail(config());
    jail.send("1.csv", kHeader + others() + in("7", "B1"), kDay1);
    const Parsed second = jail.send("2.csv", kHeader + others(), kDay2);
    CHECK(second.events.empty());
    CHECK(second.findings.size() == 1);
    CHECK(jail.send("3.csv", kHeader + others(), kDay3).events.empty());
}

TEST_CASE("where the profile says so, missing from two rosters ends custody as not listed",
          "[supervision][jail]") {
    Agency jail(config("[snapshot]\nmissing = \"released\"\n"));
    jail.send("1.csv", kHeader + others() + in("7", "B1") + in("8", "B2"), kDay1);
    // A bad row of a booking is no absence.
    CHECK(jail.send("2.csv", kHeader + others() + ",B2,2026-03-30 22:15,,,A,x\n", kDay2)
              .events.empty());
    const Parsed third = jail.send("3.csv", kHeader + others() + in("8", "B2"), kDay3);
    REQUIRE(gist(third) == Lines{"CustodyEnded 2026-04-03T08:00:00Z NotListed"});
    CHECK(third.events.front().time_flags.has(TimeFlag::TimeUncertain));
    const Parsed back =
        jail.send("4.csv", kHeader + others() + in("7", "B1") + in("8", "B2"), kDay3);
    REQUIRE(gist(back) == Lines{"!CustodyStarted 2026-03-31T02:15:00Z "});
    CHECK(back.events.front().supersedes_key == third.events.front().source_msg_id);
}

TEST_CASE("a fall of more than forty percent refuses the roster as a whole",
          "[supervision][jail]") {
    Agency jail(config("[snapshot]\nmissing = \"released\"\n"));
    jail.send("1.csv", kHeader + others(), kDay1);
    const std::string before = jail.state;
    const Parsed parsed = jail.send("2.csv", kHeader + in("91", "O1") + in("92", "O2"), kDay2);
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals.front().refusal.reason == RefusalReason::SnapshotSuspicious);
    CHECK(jail.state == before);
}

TEST_CASE("a booking number used again later is a new stay", "[supervision][jail]") {
    Agency jail(config());
    jail.send("1.csv", kHeader + in("7", "B1"), kDay1);
    jail.send("2.csv", kHeader + "7,B1,2026-03-30 22:15,2026-04-01 09:00,BOND,A,x\n", kDay2);
    const Parsed again = jail.send("3.csv", kHeader + "7,B1,2026-04-02 20:00,,,A,x\n", kDay3);
    REQUIRE(gist(again) == Lines{"CustodyStarted 2026-04-03T00:00:00Z "});
    CHECK(again.events.front().business_key == "j|BOOKING|B1|2");
}

TEST_CASE("aliases of a booking are one booking; nobody is linked without a number",
          "[supervision][jail]") {
    Agency jail(config());
    const Parsed parsed = jail.send(
        "1.csv",
        kHeader + in("7", "B1") + in("7", "B1") + in("8", "B1") + in("", "B3") + in("9", ""),
        kDay1);
    CHECK(parsed.events.size() == 1);
    CHECK(parsed.findings.size() == 1);
    REQUIRE(parsed.refusals.size() == 3);
    CHECK(parsed.refusals[1].refusal.reason == RefusalReason::RowIncomplete);
}

TEST_CASE("whoever is held by one row of a booking is held, in whatever order the rows stand",
          "[supervision][jail]") {
    Agency jail(config());
    jail.send("1.csv", kHeader + in("7", "B1") + others(), kDay1);
    const std::string over = "7,B1,2026-03-30 22:15,2026-04-01 09:00,Bond,A,x\n";
    const bool over_first = GENERATE(true, false);
    const Parsed told = jail.send(
        "2.csv", kHeader + (over_first ? over + in("7", "B1") : in("7", "B1") + over) + others(),
        kDay2);
    CHECK(told.events.empty());
    CHECK(told.findings.size() == 1);
    const std::string later = "7,B1,2026-03-30 22:15,2026-04-02 09:00,Bond,A,x\n";
    const Parsed ended =
        jail.send("3.csv", kHeader + (over_first ? over + later : later + over) + others(), kDay3);
    CHECK(gist(ended) == Lines{"CustodyEnded 2026-04-02T13:00:00Z Released"});
}

TEST_CASE("a stay that is over when first met has begun too", "[supervision][jail]") {
    const std::filesystem::path samples =
        std::filesystem::path(CAREHUB_SOURCE_DIR) / "adapters/supervision/samples";
    const auto text = [&](const char* name) {
        std::ostringstream out;
        out << std::ifstream(samples / name, std::ios::binary).rdbuf();
        return out.str();
    };
    Agency jail(text("roster.toml"));
    const Parsed parsed = jail.send("roster.csv", text("roster.csv"), "2026-04-01T15:00:00Z");
    CHECK(gist(parsed) == Lines{"CustodyStarted 2026-03-31T02:15:00Z ",
                                "CustodyStarted 2026-03-31T05:05:00Z ",
                                "CustodyEnded 2026-04-01T13:00:00Z Released",
                                "CustodyStarted 2026-03-29T18:00:00Z ",
                                "CustodyEnded 2026-04-01T10:30:00Z Transferred"});
    CHECK(parsed.refusals.size() == 1);
    CHECK(parsed.findings.size() == 1);
}

TEST_CASE("the memory of rosters survives its text; another text is damaged",
          "[supervision][jail]") {
    Agency jail(config());
    jail.send("1.csv", kHeader + in("7", "B1"), kDay1);
    const auto back = KnownBookings::from_text(jail.state);
    REQUIRE(back);
    CHECK(back->to_text() == jail.state);
    CHECK(KnownBookings::from_text("")->bookings.empty());
    for (const char* const text : {"x", "{}", "{\"version\":1,\"bookings\":{\"B\":{}}}",
                                   "{\"version\":2,\"bookings\":{}}"}) {
        CHECK(KnownBookings::from_text(text).error().code == ErrorCode::Damaged);
    }
}

}  // namespace carehub::adapters::supervision::testing
