// The county's feeds through the real adapters: nothing of them is refused, and what was planted is
// what comes out.
#include "adapters/clinic/message_file.hpp"
#include "adapters/clinic/read_message.hpp"
#include "adapters/clinic/site_config.hpp"
#include "adapters/court/court_reader.hpp"
#include "adapters/housing/read_export.hpp"
#include "adapters/supervision/read_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/county/county_files.hpp"

using namespace carehub;
using namespace carehub::county_test;

namespace {

using Kinds = std::map<EventKind, std::size_t>;

const county::CountyOptions kTwoHundred = options(200, 14, 1, "2026-07-06");

std::size_t truths(const TemporaryCounty& county, const std::string& rule) {
    std::size_t count = 0;
    for (const std::string& line : lines_of(read_file(county.folder() / "truth.jsonl"))) {
        count += json_value(line, "type") == "alert" && json_value(line, "rule") == rule ? 1U : 0U;
    }
    return count;
}

void check_clean(const adapters::Parsed& parsed, Kinds& kinds) {
    for (const adapters::RecordRefusal& refusal : parsed.refusals) {
        INFO(refusal.file << " line " << refusal.line << ": " << refusal.refusal.field << ": "
                          << refusal.why);
        CHECK(false);
    }
    for (const adapters::Finding& finding : parsed.findings) {
        INFO(finding.file << " line " << finding.line << ": " << finding.field << ": "
                          << finding.what);
        CHECK(false);
    }
    for (const Submission& event : parsed.events) {
        ++kinds[event.kind];
    }
}

}  // namespace

TEST_CASE("the clinic adapter reads every message of the county", "[county][clinic]") {
    namespace clinic = adapters::clinic;
    const TemporaryCounty county(kTwoHundred);
    const auto config = clinic::load_config(county.folder() / "config" / "clinic.toml");
    REQUIRE(config);
    Kinds kinds;
    std::size_t messages = 0;
    for (unsigned day = 1; day <= county.options().days; ++day) {
        for (const auto& entry : fs::directory_iterator(county.day(day) / "clinic")) {
            const auto texts = clinic::read_message_file(entry.path());
            REQUIRE(texts);
            for (const std::string& text : *texts) {
                ++messages;
                INFO(text);
                const clinic::Reading reading = clinic::read_message(as_bytes(text), config->site);
                CHECK(reading.disposal == clinic::Disposal::Events);
                check_clean(reading.parsed, kinds);
                for (const Submission& event : reading.parsed.events) {
                    CHECK(event.labels.has(SecurityLabel::Part2) ==
                          (text.find("SUD-1") != std::string::npos));
                }
            }
        }
    }
    CHECK(messages > 300);
    CHECK(kinds[EventKind::AppointmentNoShow] == truths(county, "MissedVisit"));
    for (const EventKind kind :
         {EventKind::AppointmentBooked, EventKind::AppointmentRescheduled,
          EventKind::AppointmentCancelled, EventKind::AppointmentDeleted,
          EventKind::AppointmentCompleted, EventKind::EncounterStarted, EventKind::EncounterEnded,
          EventKind::EncounterClassChanged, EventKind::PersonUpserted}) {
        INFO(name_of(kind));
        CHECK(kinds[kind] > 0);
    }
}

TEST_CASE("the court adapter follows both of the court's lists through every day",
          "[county][court]") {
    namespace court = adapters::court;
    const TemporaryCounty county(kTwoHundred);
    const auto site = court::load_site(county.folder() / "config" / "court.toml");
    REQUIRE(site);
    court::SnapshotStore store;
    Kinds kinds;
    for (unsigned day = 1; day <= county.options().days; ++day) {
        const UtcTime now =
            UtcTime{county.options().start} + std::chrono::days{day - 1} + std::chrono::hours{10};
        for (const char* name : {"calendar.ics", "hearings.csv"}) {
            INFO(name << " of day " << day);
            const auto parsed =
                court::read_file(county.day(day) / "court" / name, *site, store, now);
            REQUIRE(parsed);
            check_clean(*parsed, kinds);
        }
    }
    std::size_t hearings = 0;
    for (const CsvRow& row : read_csv(county.folder() / "roster.csv")) {
        hearings += row.at("partner") == "court" ? 1U : 0U;
    }
    CHECK(kinds[EventKind::HearingScheduled] == hearings);
    CHECK(kinds[EventKind::FailureToAppear] == truths(county, "FailureToAppear"));
    CHECK(kinds[EventKind::HearingHeld] > 0);
    CHECK(kinds[EventKind::HearingUnlisted] == 0);
}

TEST_CASE("the housing adapter reads every export and tells each row once", "[county][housing]") {
    namespace housing = adapters::housing;
    const TemporaryCounty county(kTwoHundred);
    const auto site = housing::read_site(county.folder() / "config" / "housing.toml");
    REQUIRE(site);
    housing::KnownRows known;
    Kinds kinds;
    for (unsigned day = 1; day <= county.options().days; day += 2) {
        for (const auto& entry : fs::directory_iterator(county.day(day) / "housing")) {
            INFO("day " << day);
            const auto parsed = housing::read_export(entry.path(), *site, known);
            REQUIRE(parsed);
            check_clean(*parsed, kinds);
        }
    }
    std::size_t enrolled = 0;
    for (const CsvRow& row : read_csv(county.folder() / "roster.csv")) {
        enrolled += row.at("partner") == "housing" ? 1U : 0U;
    }
    CHECK(kinds[EventKind::HousingEnrollmentStarted] <= enrolled);
    CHECK(kinds[EventKind::HousingEnrollmentStarted] >
          enrolled * 9 / 10);  // the last day has no export
    CHECK(kinds[EventKind::HousingMoveIn] > 0);
    CHECK(kinds[EventKind::HousingExit] > 0);
    CHECK(kinds[EventKind::LivingSituationRecorded] > 0);
    CHECK(kinds[EventKind::HousingLossReported] == 0);
}

TEST_CASE("the supervision adapter follows every check-in to its outcome",
          "[county][supervision]") {
    namespace supervision = adapters::supervision;
    const TemporaryCounty county(kTwoHundred);
    const auto site = supervision::read_site(county.folder() / "config" / "supervision.toml");
    REQUIRE(site);
    std::string state;
    Kinds kinds;
    for (unsigned day = 1; day <= county.options().days; ++day) {
        INFO("day " << day);
        const auto parsed =
            supervision::parse_file(county.day(day) / "supervision" / "checkins.csv", *site, state);
        REQUIRE(parsed);
        check_clean(*parsed, kinds);
    }
    CHECK(kinds[EventKind::CheckInScheduled] ==
          read_csv(county.day(county.options().days) / "supervision" / "checkins.csv").size());
    CHECK(kinds[EventKind::CheckInMissed] == truths(county, "CheckInMissed"));
    CHECK(kinds[EventKind::CheckInCompleted] > 0);
    CHECK(kinds[EventKind::CheckInCancelled] > 0);
}
