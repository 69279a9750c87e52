// Lists by profile: JSON, encodings, warrants, participants, and what absence means.
#include "adapters/court/test_support.hpp"
#include "adapters/court/warrant_compare.hpp"

namespace carehub::adapters::court::testing {
namespace {

const std::string kColumns =
    "[csv.columns]\ncase = \"case\"\nparticipant = \"person\"\ntype = \"type\"\ndate = \"date\"\n"
    "time = \"time\"\nwarrant = \"warrant\"\nwarrant_type = \"sort\"\nwarrant_date = \"since\"\n"
    "[warrants]\n\"BW ISSUED\" = \"WarrantIssued\"\n";
const std::string kWarrantColumns =
    "[csv.columns]\ncase = \"case\"\nparticipant = \"person\"\nwarrant = \"status\"\n"
    "warrant_date = \"on\"\n";
const std::string kHeader = "case,person,type,date,time,warrant,sort,since\n";

constexpr const char* kDay1 = "2026-04-01T08:00:00Z";
constexpr const char* kDay2 = "2026-04-02T08:00:00Z";
constexpr const char* kDay3 = "2026-04-03T08:00:00Z";

const JusticeClaim& justice(const Submission& event) {
    return std::get<JusticeClaim>(event.payload);
}

std::vector<EventKind> kinds(const Parsed& parsed) {
    std::vector<EventKind> all;
    for (const Submission& event : parsed.events) {
        all.push_back(event.kind);
    }
    return all;
}

}  // namespace

TEST_CASE("a warrant is issued and cleared by the court's own word, once each", "[court]") {
    Court court(site_of(std::string(kFeed) + kColumns));
    const Parsed first = court.send(
        "1.csv", kHeader + "7,,REVIEW,2026-05-01,09:00,bw  issued,Bench,2026-03-30\n", kDay1);
    REQUIRE(kinds(first) == std::vector{EventKind::HearingScheduled, EventKind::WarrantIssued});
    const Submission& issued = first.events.back();
    CHECK(issued.business_key == "court|GREENE-CIRCUIT|7|WARRANT");
    CHECK(issued.identifiers == std::vector<Identifier>{{"GREENE-CIRCUIT", "CASE", "7"}});
    CHECK(to_iso(issued.occurred_at) == "2026-03-30T04:00:00Z");
    CHECK(justice(issued).category == "BENCH");
    CHECK(to_iso(justice(issued).issued.value()) == "2026-03-30");
    CHECK(court
              .send("2.csv", kHeader + "7,,REVIEW,2026-05-01,09:00,BW ISSUED,BENCH,2026-03-30\n",
                    kDay2)
              .events.empty());
    // A list that no longer speaks of it clears nothing.
    CHECK(court.send("3.csv", kHeader + "7,,REVIEW,2026-05-01,09:00,,,\n", kDay2).events.empty());
    const Parsed cleared = court.send(
        "4.csv", kHeader + "7,,REVIEW,2026-05-01,09:00,Recalled,BENCH,2026-04-02\n", kDay3);
    REQUIRE(kinds(cleared) == std::vector{EventKind::WarrantCleared});
    CHECK(cleared.events.front().business_key == issued.business_key);
    CHECK(SnapshotStore::from_json(court.store.to_json()).value().warrants == court.store.warrants);
}

TEST_CASE("a warrant that stands again after it was cleared is as new as the list", "[court]") {
    Court court(site_of(std::string(kFeed) + kWarrantColumns));
    const std::string header = "case,person,status,on\n";
    const bool dated = GENERATE(true, false);
    court.send("1.csv", header + "7,,ACTIVE,2026-03-30\n", kDay1);
    const Parsed cleared = court.send(
        "2.csv", header + (dated ? "7,,RECALLED,2026-04-01\n" : "7,,RECALLED,2026-03-30\n"), kDay2);
    REQUIRE(kinds(cleared) == std::vector{EventKind::WarrantCleared});
    const Parsed again = court.send("3.csv", header + "7,,ACTIVE,2026-03-30\n", kDay3);
    REQUIRE(kinds(again) == std::vector{EventKind::WarrantIssued});
    CHECK(again.events[0].occurred_at == at(kDay3));
    CHECK(to_iso(justice(again.events[0]).issued.value()) == "2026-03-30");

    // One that is issued anew tells its own day.
    court.send("4.csv", header + "7,,RECALLED,2026-03-30\n", "2026-04-05T08:00:00Z");
    const Parsed anew =
        court.send("5.csv", header + "7,,ACTIVE,2026-04-07\n", "2026-04-08T08:00:00Z");
    REQUIRE(kinds(anew) == std::vector{EventKind::WarrantIssued});
    CHECK(to_iso(anew.events[0].occurred_at) == "2026-04-07T04:00:00Z");
}

TEST_CASE("a list of warrants alone needs no date of a hearing; the latest word counts",
          "[court]") {
    Court court(site_of(std::string(kFeed) +
                        "[csv.columns]\ncase = \"case\"\nwarrant = \"status\"\n"
                        "warrant_id = \"no\"\nwarrant_date = \"on\"\n"));
    const Parsed parsed = court.send("w.csv",
                                     "case,no,status,on\n7,W1,QUASHED,2026-03-02\n"
                                     "7,W1,ISSUED,2026-02-01\n8,W2,ACTIVE,\n9,W3,PENDING,\n",
                                     kDay1);
    REQUIRE(kinds(parsed) == std::vector{EventKind::WarrantCleared, EventKind::WarrantIssued});
    CHECK(parsed.events.back().occurred_at == at(kDay1));
    CHECK(parsed.findings.size() == 1);
}

TEST_CASE("of several people in one case each has a warrant of their own", "[court]") {
    Court court(site_of(std::string(kFeed) + kWarrantColumns));
    const std::string both =
        "case,person,status,on\n7,P1,ISSUED,2026-03-30\n7,P2,ISSUED,2026-03-31\n";
    const Parsed issued = court.send("1.csv", both, kDay1);
    REQUIRE(kinds(issued) == std::vector{EventKind::WarrantIssued, EventKind::WarrantIssued});
    CHECK(issued.events[0].business_key == "court|GREENE-CIRCUIT|7|P1|WARRANT");
    CHECK(issued.events[1].business_key == "court|GREENE-CIRCUIT|7|P2|WARRANT");
    CHECK(court.send("2.csv", both, kDay2).events.empty());
    const Parsed cleared =
        court.send("3.csv", "case,person,status,on\n7,P1,RECALLED,2026-04-02\n", kDay3);
    REQUIRE(kinds(cleared) == std::vector{EventKind::WarrantCleared});
    CHECK(cleared.events[0].business_key == issued.events[0].business_key);
}

TEST_CASE("a warrant's number that is corrected to another case is withdrawn from the first",
          "[court]") {
    Court court(site_of(std::string(kFeed) +
                        "[csv]\n[csv.columns]\ncase = \"case\"\nwarrant = \"status\"\n"
                        "warrant_id = \"no\"\nwarrant_date = \"on\"\n"));
    const Parsed first = court.send("1.csv", "case,no,status,on\n7,W1,ISSUED,2026-03-30\n", kDay1);
    REQUIRE(kinds(first) == std::vector{EventKind::WarrantIssued});
    const Parsed second = court.send("2.csv", "case,no,status,on\n8,W1,ISSUED,2026-03-30\n", kDay2);
    REQUIRE(kinds(second) == std::vector{EventKind::WarrantIssued, EventKind::WarrantIssued});
    CHECK(second.events[0].identifiers.front().value == "8");
    CHECK(second.events[1].identifiers.front().value == "7");
    CHECK(second.events[1].correction);
    CHECK(second.events[1].business_key == first.events[0].business_key);
    CHECK(second.events[1].supersedes_key == first.events[0].source_msg_id);
    const auto copy = SnapshotStore::from_json(court.store.to_json());
    REQUIRE(copy);
    CHECK(copy->to_json() == court.store.to_json());
    // Served, with the day of issue still in the row: it was not cleared on that day.
    const Parsed served =
        court.send("3.csv", "case,no,status,on\n8,W1,RECALLED,2026-03-30\n", kDay3);
    REQUIRE(kinds(served) == std::vector{EventKind::WarrantCleared});
    CHECK(to_iso(served.events[0].occurred_at) == kDay3);
}

TEST_CASE("a warrant that no file states any more is forgotten after 400 days", "[court]") {
    const Site site = site_of(std::string(kFeed) + kWarrantColumns);
    Warrant one;
    one.key = "court|GREENE-CIRCUIT|7|WARRANT";
    one.case_number = "7";
    one.state = WarrantState::Issued;
    KnownWarrants known;
    Parsed parsed;
    Report report(parsed, "warrants.csv");
    const auto compare_at = [&](const std::vector<Warrant>& told, const char* time) {
        return compare_warrants(told, site, at(time), known, report);
    };
    const auto first = compare_at({one}, "2026-04-01T08:00:00Z");
    REQUIRE(first.size() == 1);
    CHECK(compare_at({one}, "2026-04-02T08:00:00Z").empty());
    CHECK(compare_at({}, "2027-05-07T08:00:00Z").empty());
    CHECK(known.size() == 1);
    CHECK(compare_at({}, "2027-05-07T08:00:01Z").empty());
    CHECK(known.empty());
    // The hub knows it by its id.
    const auto again = compare_at({one}, "2027-05-08T08:00:00Z");
    REQUIRE(again.size() == 1);
    CHECK(again[0].source_msg_id == first[0].source_msg_id);
    // An older file, delivered late.
    one.state = WarrantState::Cleared;
    CHECK(compare_at({one}, "2027-05-07T08:00:00Z").empty());
    CHECK(parsed.findings.size() == 1);
}

TEST_CASE("a participant's number links where there is no case number, and beside one", "[court]") {
    Court court(site_of(std::string(kFeed) + kColumns));
    const Parsed parsed =
        court.send("1.csv",
                   kHeader +
                       ",p 77,REVIEW,2026-05-01,09:00,,,\n8,P78,REVIEW,2026-05-02,09:00,,,\n"
                       ",,REVIEW,2026-05-03,09:00,,,\n",
                   kDay1);
    REQUIRE(parsed.events.size() == 2);
    CHECK(parsed.events[0].identifiers ==
          std::vector<Identifier>{{"GREENE-CIRCUIT", "PARTICIPANT", "P77"}});
    CHECK(parsed.events[1].identifiers ==
          std::vector<Identifier>{{"GREENE-CIRCUIT", "CASE", "8"},
                                  {"GREENE-CIRCUIT", "PARTICIPANT", "P78"}});
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals.front().line == 4);
    CHECK(parsed.refusals.front().refusal.reason == RefusalReason::RowIncomplete);
}

TEST_CASE("one person's hearing never becomes another's", "[court]") {
    Court court(site_of(std::string(kFeed) + kColumns));
    const std::string others = "9,,REVIEW,2026-05-30,09:00,,,\n";
    court.send("1.csv", kHeader + others + ",A1,REVIEW,2026-05-01,09:00,,,\n", kDay1);
    const Parsed parsed =
        court.send("2.csv", kHeader + others + ",B2,REVIEW,2026-05-04,09:00,,,\n", kDay2);
    REQUIRE(kinds(parsed) == std::vector{EventKind::HearingScheduled});
    CHECK(parsed.events.front().business_key.find("A1") == std::string::npos);
}

TEST_CASE("of people in one case each keeps a hearing of their own, in whatever order they stand",
          "[court]") {
    Court court(site_of(std::string(kFeed) + kColumns));
    const std::string first = "8,P1,TRIAL,2026-05-02,09:00,,,\n";
    const std::string second = "8,P2,TRIAL,2026-05-02,09:30,,,\n";
    REQUIRE(court.send("1.csv", kHeader + first + second, kDay1).events.size() == 2);
    CHECK(court.send("2.csv", kHeader + second + first, kDay2).events.empty());
    CHECK(court.send("3.csv", kHeader + second, kDay3).events.empty());
}

TEST_CASE("where the profile says that a missing row means nothing, nothing is unlisted",
          "[court]") {
    Court court(site_of(std::string(kFeed) + "[snapshot]\nmissing = \"nothing\"\n" + kColumns));
    const std::string kept = "1,,REVIEW,2026-04-20,09:00,,,\n2,,REVIEW,2026-05-30,09:00,,,\n";
    court.send("1.csv", kHeader + kept + "3,,REVIEW,2026-05-01,09:00,,,\n", kDay1);
    CHECK(court.send("2.csv", kHeader + kept, kDay2).events.empty());
    CHECK(court.send("3.csv", kHeader + kept, kDay3).events.empty());
    // A hearing that moved is still one hearing.
    CHECK(kinds(court.send("4.csv", kHeader + kept + "3,,REVIEW,2026-05-08,09:00,,,\n", kDay3)) ==
          std::vector{EventKind::HearingContinued});
}

TEST_CASE("lists in other encodings and with other separators are read", "[court]") {
    const std::string columns =
        "[csv.columns]\ncase = \"Aktenzeichen\"\ndate = \"Tag\"\nroom = \"Saal\"\n";
    Court windows(site_of(std::string(kFeed) +
                          "[csv]\nencoding = \"windows-1252\"\nseparator = \";\"\n"
                          "date_format = \"DD.MM.YYYY\"\n" +
                          columns));
    const Parsed first =
        windows.send("1.csv", "Aktenzeichen;Tag;Saal\n7;01.05.2026;Gro\xDF \x96 B\n", kDay1);
    REQUIRE(first.events.size() == 1);
    CHECK(claim(first.events.front()).location.name == "Groß – B");
    Court utf16(site_of(std::string(kFeed) + "[csv]\nencoding = \"utf-16\"\nseparator = \"\\t\"\n" +
                        columns));
    std::string wide = "\xFF\xFE";
    for (const char c : std::string("Aktenzeichen\tTag\tSaal\n7\t2026-05-01\tB\n")) {
        wide += c;
        wide += '\0';
    }
    CHECK(utf16.send("2.csv", wide, kDay1).events.size() == 1);
}

TEST_CASE("a JSON file that is none, or lacks the rows, is refused as a whole", "[court]") {
    Court court(site_of(std::string(kFeed) + "[json]\nrows = \"a.b[]\"\n[json.columns]\n"
                                             "case = \"c\"\ndate = \"d\"\n"));
    const auto reason = [&](const std::string& text) {
        const Parsed parsed = court.send("x.json", text, kDay1);
        CHECK(parsed.events.empty());
        REQUIRE(parsed.refusals.size() == 1);
        CHECK(parsed.refusals.front().line == 0);
        return parsed.refusals.front().refusal.reason;
    };
    CHECK(reason("{\"a\": {\"b\": [") == RefusalReason::FormatUnreadable);
    CHECK(reason("{\"a\": {}}") == RefusalReason::FormatUnreadable);
    CHECK(reason("[]") == RefusalReason::FormatUnreadable);
    CHECK(reason(std::string(1000, '[')) == RefusalReason::FormatUnreadable);
    CHECK(court
              .send("y.json", "{\"a\":{\"b\":[{\"c\":9,\"d\":\"2026-05-01T09:00:00-04:00\"}]}}",
                    kDay1)
              .events.size() == 1);
}

}  // namespace carehub::adapters::court::testing
