#include "adapters/supervision/read_file.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/catch.hpp"
#include "tests/support/event_lines.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::supervision;

namespace {

namespace fs = std::filesystem;

const UtcTime kFileTime = *parse_iso_time("2026-07-02T05:00:00Z");
const fs::path kSamples = fs::path(CAREHUB_SOURCE_DIR) / "adapters/supervision/samples";

std::string text_of(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

Site site_of(const std::string& toml) {
    const auto site = site_from(toml);
    INFO((site ? std::string() : site.error().context));
    REQUIRE(site);
    return *site;
}

constexpr const char* kConfig = R"(
[feed]
name = "f"
zone = "America/New_York"
authority = "probation"
[csv]
date_format = "YYYY-MM-DD"
time_format = "HH:mm"
[csv.columns]
client = "client"
check_in = "id"
date = "date"
time = "time"
duration = "minutes"
type = "type"
status = "status"
[status]
S = "scheduled"
C = "completed"
M = "missed"
X = "cancelled"
A = "ignored"
[type]
UA = "DrugTest"
)";
/// The configuration with one part of it replaced.
std::string with(const std::string& from, const std::string& to) {
    std::string text = kConfig;
    return text.replace(text.find(from), from.size(), to);
}

constexpr const char* kHeader = "client,id,date,time,minutes,type,status\n";

/// A feed that remembers between its files.
struct Feed {
    Site site = site_of(kConfig);
    KnownRows known;

    Parsed read(const std::string& text) {
        const fs::path file = fs::temp_directory_path() / "carehub_supervision_test.csv";
        std::ofstream(file, std::ios::binary) << text;
        auto parsed = read_file(file, site, known, kFileTime);
        fs::remove(file);
        INFO((parsed ? std::string() : parsed.error().context));
        REQUIRE(parsed);
        return std::move(*parsed);
    }
    Parsed rows(const std::string& text) { return read(kHeader + text); }
};

const ObligationClaim& claim_of(const Submission& event) {
    return std::get<ObligationClaim>(event.payload);
}

}  // namespace

TEST_CASE("the sample table gives the sample's events, one refusal and one finding",
          "[supervision]") {
    const auto site = read_site(kSamples / "check_ins.toml");
    REQUIRE(site);
    KnownRows known;
    const auto parsed = read_file(kSamples / "check_ins.csv", *site, known, kFileTime);
    REQUIRE(parsed);
    CHECK(testing::event_lines(parsed->events) == text_of(kSamples / "check_ins.expected.jsonl"));
    REQUIRE(parsed->refusals.size() == 1);
    CHECK(parsed->refusals[0].file == "check_ins.csv");
    CHECK(parsed->refusals[0].line == 8);
    CHECK(parsed->refusals[0].refusal.reason == RefusalReason::TimeUnresolvable);
    CHECK(parsed->refusals[0].refusal.field == "SCHED_DATE");
    REQUIRE(parsed->findings.size() == 1);
    CHECK(parsed->findings[0].line == 7);
}

TEST_CASE("each status has its kind, and every check-in is the officer's to move",
          "[supervision]") {
    Feed feed;
    const Parsed parsed = feed.rows(
        "1,a,2026-07-09,10:00,20,,S\n1,b,2026-07-01,10:00,,,C\n"
        "1,c,2026-07-01,11:00,,UA,m\n1,d,2026-07-09,12:00,,,X\n");
    REQUIRE(parsed.events.size() == 4);
    CHECK(parsed.refusals.empty());
    const auto& scheduled = parsed.events[0];
    CHECK(scheduled.kind == EventKind::CheckInScheduled);
    CHECK(scheduled.business_key == "f|1|a");
    CHECK(scheduled.identifiers == std::vector<Identifier>{{"probation", "SUPV", "1"}});
    CHECK(to_iso(claim_of(scheduled).start) == "2026-07-09T14:00:00Z");
    CHECK(to_iso(claim_of(scheduled).end) == "2026-07-09T14:20:00Z");
    CHECK(scheduled.time_flags.empty());
    CHECK(scheduled.occurred_at == kFileTime);
    CHECK(parsed.events[1].kind == EventKind::CheckInCompleted);
    CHECK(to_iso(parsed.events[1].occurred_at) == "2026-07-01T14:00:00Z");
    CHECK(parsed.events[1].time_flags.has(TimeFlag::AssumedDuration));
    CHECK(to_iso(claim_of(parsed.events[1]).end) == "2026-07-01T14:30:00Z");
    CHECK(parsed.events[2].kind == EventKind::CheckInMissed);
    CHECK(claim_of(parsed.events[2]).obligation_class == ObligationClass::DrugTest);
    CHECK(parsed.events[3].kind == EventKind::CheckInCancelled);
    for (const Submission& event : parsed.events) {
        CHECK(claim_of(event).mandatory);
        CHECK(claim_of(event).mover == Mover::Officer);
        CHECK(event.recorded_at == kFileTime);
    }
}

TEST_CASE("a day without a time stays a day", "[supervision]") {
    Feed feed;
    const Parsed parsed = feed.rows("1,a,2026-07-09,,30,,S\n1,b,2026-07-01,,,,M\n");
    REQUIRE(parsed.events.size() == 2);
    CHECK(claim_of(parsed.events[0]).start == kUnknownTime);
    CHECK(claim_of(parsed.events[0]).end == kUnknownTime);
    CHECK(claim_of(parsed.events[0]).date == make_date(2026, 7, 9));
    CHECK(parsed.events[0].time_flags.has(TimeFlag::DateOnly));
    CHECK(parsed.events[0].time_flags.has(TimeFlag::TimeUncertain));
    CHECK_FALSE(parsed.events[0].time_flags.has(TimeFlag::AssumedDuration));
    CHECK(to_iso(parsed.events[1].occurred_at) == "2026-07-01T04:00:00Z");
    CHECK(parsed.events[1].occurred_precision == Precision::Day);
}

TEST_CASE("a skipped and an ambiguous wall-clock time are flagged", "[supervision]") {
    Feed feed;
    const Parsed parsed = feed.rows("1,a,2026-03-08,02:30,5,,S\n1,b,2026-11-01,01:30,5,,S\n");
    REQUIRE(parsed.events.size() == 2);
    CHECK(parsed.events[0].time_flags.has(TimeFlag::Skipped));
    CHECK(to_iso(claim_of(parsed.events[0]).start) == "2026-03-08T07:30:00Z");
    CHECK(parsed.events[1].time_flags.has(TimeFlag::Ambiguous));
    CHECK(to_iso(claim_of(parsed.events[1]).start) == "2026-11-01T05:30:00Z");
}

TEST_CASE("an unchanged row of a later export gives nothing, whatever else changes",
          "[supervision]") {
    Feed feed;
    REQUIRE(feed.rows("1,a,2026-07-09,10:00,,,S\n").events.size() == 1);
    CHECK(feed.rows("2,z,2026-07-09,10:00,,,S\n1,a,2026-07-09,10:00,,,S\n").events.size() == 1);
    CHECK(feed.rows("").events.empty());
    CHECK(feed.rows("1,a,2026-07-09,10:00,,,S\n").events.empty());
}

TEST_CASE("the same row has the same id, also after the known rows are lost", "[supervision]") {
    Feed one;
    Feed other;
    const std::string row = "1,a,2026-07-09,10:00,,,S\n";
    CHECK(one.rows(row).events.at(0).source_msg_id == other.rows(row).events.at(0).source_msg_id);
    CHECK(one.rows("1,a,2026-07-09,10:30,,,S\n").events.at(0).source_msg_id !=
          other.rows("1,b,2026-07-09,10:30,,,S\n").events.at(0).source_msg_id);
}

TEST_CASE("a moved check-in keeps its key, tells its former start, and may move back",
          "[supervision]") {
    Feed feed;
    const auto first = feed.rows("1,a,2026-07-09,10:00,,,S\n").events.at(0);
    const auto moved = feed.rows("1,a,2026-07-10,10:00,,,S\n").events.at(0);
    const auto back = feed.rows("1,a,2026-07-09,10:00,,,S\n").events.at(0);
    CHECK(moved.business_key == first.business_key);
    CHECK(claim_of(moved).prev_start == claim_of(first).start);
    CHECK_FALSE(moved.correction);
    CHECK(claim_of(back).start == claim_of(first).start);
    CHECK(back.source_msg_id != first.source_msg_id);
}

TEST_CASE("an outcome told otherwise later is a correction of the first event", "[supervision]") {
    Feed feed;
    const auto missed = feed.rows("1,a,2026-07-01,10:00,,,M\n").events.at(0);
    const auto completed = feed.rows("1,a,2026-07-01,10:00,,,C\n").events.at(0);
    CHECK_FALSE(missed.correction);
    CHECK(completed.kind == EventKind::CheckInCompleted);
    CHECK(completed.correction);
    CHECK(completed.supersedes_key == missed.source_msg_id);
}

TEST_CASE("a bad row is refused with line, field and fix; the others go in", "[supervision]") {
    struct Bad {
        const char* row;
        RefusalReason reason;
        const char* field;
    };
    const Bad bad =
        GENERATE(Bad{",a,2026-07-09,10:00,,,S", RefusalReason::RowIncomplete, "client"},
                 Bad{"1,,2026-07-09,10:00,,,S", RefusalReason::RowIncomplete, "id"},
                 Bad{"1,a,,10:00,,,S", RefusalReason::RowIncomplete, "date"},
                 Bad{"1,a,2026-13-09,10:00,,,S", RefusalReason::TimeUnresolvable, "date"},
                 Bad{"1,a,2026-07-09,25:00,,,S", RefusalReason::TimeUnresolvable, "time"},
                 Bad{"1,a,2026-07-09,10:00,,,Q", RefusalReason::InvalidField, "status"},
                 Bad{"1,a,2026-07-09,10:00,,,", RefusalReason::InvalidField, "status"},
                 Bad{"1,a,2026-07-09", RefusalReason::RowIncomplete, "row"},
                 Bad{"1,\xE9,2026-07-09,10:00,,,S", RefusalReason::CharacterSet, "id"},
                 Bad{"1,\"a\"b,2026-07-09,10:00,,,S", RefusalReason::FormatUnreadable, "row"},
                 Bad{"1,\"a\nb\",2026-07-09,10:00,,,S", RefusalReason::InvalidField, "id"});
    Feed feed;
    const Parsed parsed = feed.rows("8,ok,2026-07-09,10:00,,,S\n" + std::string(bad.row) +
                                    "\n9,ok,2026-07-09,10:00,,,S\n");
    INFO(bad.row);
    CHECK(parsed.events.size() == 2);
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].line == 3);
    CHECK(parsed.refusals[0].refusal.reason == bad.reason);
    CHECK(parsed.refusals[0].refusal.field == bad.field);
    CHECK_FALSE(parsed.refusals[0].refusal.fix.empty());
    CHECK_FALSE(parsed.refusals[0].why.empty());
}

TEST_CASE("texts beyond their bound are refused by field", "[supervision]") {
    Feed feed;
    const std::string longest(256, 'c');
    const Parsed parsed = feed.rows(longest + "c,a,2026-07-09,10:00,,,S\n" + longest + "," +
                                    std::string(256, 'i') + ",2026-07-09,10:00,,,S\n");
    CHECK(parsed.events.empty());
    REQUIRE(parsed.refusals.size() == 2);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::FieldTooLong);
    CHECK(parsed.refusals[1].refusal.reason == RefusalReason::FieldTooLong);
}

TEST_CASE("an odd duration is a finding and the default is taken", "[supervision]") {
    Feed feed;
    const Parsed parsed = feed.rows(
        "1,a,2026-07-09,10:00,half,,S\n1,b,2026-07-09,10:00,0,,S\n"
        "1,c,2026-07-09,10:00,9999,,S\n");
    REQUIRE(parsed.events.size() == 3);
    CHECK(parsed.findings.size() == 2);
    for (const Submission& event : parsed.events) {
        CHECK(event.time_flags.has(TimeFlag::AssumedDuration));
    }
}

TEST_CASE("a table without a mapped column is refused by its header alone", "[supervision]") {
    Feed feed;
    const Parsed parsed = feed.read("client,id,date,time,minutes,type\n1,a,2026-07-09,10:00,,\n");
    CHECK(parsed.events.empty());
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].line == 1);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::FormatVersion);
    CHECK(parsed.refusals[0].refusal.field == "status");
    CHECK(feed.known.size() == 0);
}

TEST_CASE("markers take the place of a status column", "[supervision]") {
    Feed feed;
    feed.site = site_of(with("duration = \"minutes\"\ntype = \"type\"\nstatus = \"status\"\n",
                             "completed = \"done\"\nmissed = \"no_show\"\n"));
    const Parsed parsed = feed.read(
        "client,id,date,time,done,no_show\n1,a,2026-07-01,10:00,,\n1,b,2026-07-01,10:00,y,N\n"
        "1,c,2026-07-01,10:00,0,1\n1,d,2026-07-01,10:00,Y,Y\n");
    REQUIRE(parsed.events.size() == 3);
    CHECK(parsed.events[0].kind == EventKind::CheckInScheduled);
    CHECK(parsed.events[1].kind == EventKind::CheckInCompleted);
    CHECK(parsed.events[2].kind == EventKind::CheckInMissed);
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].line == 5);
}

TEST_CASE("without ids a check-in is known by its day and type", "[supervision]") {
    Feed feed;
    feed.site = site_of(with("check_in = \"id\"\n", ""));
    const Parsed parsed = feed.rows("1,,2026-07-01,10:00,,VISIT,S\n");
    CHECK(parsed.events.at(0).business_key == "f|1|2026-07-01 VISIT");
    CHECK(feed.rows("1,,2026-07-01,10:00,,VISIT,M\n").events.at(0).business_key ==
          "f|1|2026-07-01 VISIT");
}

TEST_CASE("what is completed or missed on a day ahead of the file is still scheduled",
          "[supervision]") {
    Feed feed;
    const std::string status = GENERATE("C", "M");
    const Parsed ahead = feed.rows("1,a,2026-07-09,10:00,,VISIT," + status + "\n");
    REQUIRE(ahead.events.size() == 1);
    CHECK(ahead.events[0].kind == EventKind::CheckInScheduled);
    REQUIRE(ahead.findings.size() == 1);
    CHECK(ahead.findings[0].field == "status");
    // On the day itself it may have happened.
    const Parsed today = feed.rows("1,b,2026-07-02,10:00,,VISIT," + status + "\n");
    REQUIRE(today.events.size() == 1);
    CHECK(today.events[0].kind != EventKind::CheckInScheduled);
}

TEST_CASE("without ids check-ins of one day and type are told apart by their hour",
          "[supervision]") {
    Feed feed;
    feed.site = site_of(with("check_in = \"id\"\n", ""));
    const std::string rows =
        "1,,2026-07-09,09:00,,UA,S\n1,,2026-07-09,15:00,,UA,S\n2,,2026-07-09,15:00,,UA,S\n";
    const Parsed parsed = feed.rows(rows);
    REQUIRE(parsed.events.size() == 3);
    CHECK(parsed.events[0].business_key == "f|1|2026-07-09 UA");
    CHECK(parsed.events[1].business_key == "f|1|2026-07-09 UA 2");
    CHECK(claim_of(parsed.events[1]).prev_start == kUnknownTime);
    CHECK(parsed.events[2].business_key == "f|2|2026-07-09 UA");
    CHECK(feed.rows(rows).events.empty());
}

TEST_CASE("two rows that contradict each other: the second is refused, and nothing flips",
          "[supervision]") {
    Feed feed;
    const std::string rows =
        "1,a,2026-07-09,09:00,,,S\n1,a,2026-07-09,15:00,,,S\n1,a,2026-07-09,09:00,,,S\n";
    const Parsed first = feed.rows(rows);
    CHECK(first.events.size() == 1);
    REQUIRE(first.refusals.size() == 1);
    CHECK(first.refusals[0].line == 3);
    CHECK(first.refusals[0].refusal.reason == RefusalReason::InvalidField);
    CHECK(feed.rows(rows).events.empty());
}

TEST_CASE("known rows are written and read back; another text is damaged", "[supervision]") {
    Feed feed;
    REQUIRE(feed.rows("1,a,2026-07-09,10:00,,,S\n2,b,2026-07-09,,,,M\n").events.size() == 2);
    REQUIRE(feed.rows("1,a,2026-07-10,10:00,,,S\n").events.size() == 1);
    const std::string text = feed.known.to_text();
    const auto back = KnownRows::from_text(text);
    REQUIRE(back);
    CHECK(back->to_text() == text);
    CHECK(*back->find("f|1|a") == *feed.known.find("f|1|a"));
    CHECK(KnownRows::from_text("")->size() == 0);
    CHECK_FALSE(KnownRows::from_text("rows 1\n"));
    CHECK_FALSE(KnownRows::from_text(text.substr(0, text.size() - 1)));
    CHECK_FALSE(KnownRows::from_text("known-rows 1\nh\t0\t9\t0\tk\n"));
    CHECK_FALSE(KnownRows::from_text("known-rows 1\nh\t0\t1\tk\n"));
}

TEST_CASE("the runner's door keeps the known rows as text", "[supervision]") {
    const Site site = *read_site(kSamples / "check_ins.toml");
    std::string state;
    const auto first = parse_file(kSamples / "check_ins.csv", site, state);
    REQUIRE(first);
    CHECK(first->events.size() == 5);
    const auto again = parse_file(kSamples / "check_ins.csv", site, state);
    REQUIRE(again);
    CHECK(again->events.empty());
    std::string other = "not ours";
    CHECK(parse_file(kSamples / "check_ins.csv", site, other).error().code == ErrorCode::Damaged);
    CHECK(parse_file(kSamples / "none.csv", site, state).error().code == ErrorCode::Io);
}
