// The county's feeds through the real adapters: nothing of them is refused, and what was planted is
// what comes out.
#include "adapters/clinic/message_file.hpp"
#include "adapters/clinic/read_message.hpp"
#include "adapters/clinic/site_config.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/county/told_events.hpp"

using namespace carehub;
using namespace carehub::county_test;

namespace {

using Kinds = std::map<std::string, std::size_t>;

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
        ++kinds[std::string(name_of(event.kind))];
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
    CHECK(kinds["AppointmentNoShow"] == truths(county, "MissedVisit"));
    for (const EventKind kind :
         {EventKind::AppointmentBooked, EventKind::AppointmentRescheduled,
          EventKind::AppointmentCancelled, EventKind::AppointmentDeleted,
          EventKind::AppointmentCompleted, EventKind::EncounterStarted, EventKind::EncounterEnded,
          EventKind::EncounterClassChanged, EventKind::PersonUpserted}) {
        INFO(name_of(kind));
        CHECK(kinds[std::string(name_of(kind))] > 0);
    }
}

TEST_CASE("what the file feeds tell is what ordinary traffic and the stories put there",
          "[county]") {
    const TemporaryCounty county(kTwoHundred);
    Kinds kinds;
    Kinds corrections;
    for (const ToldEvent& event : told_events(county)) {
        ++kinds[event.kind];
        corrections[event.kind] += event.correction ? 1U : 0U;
    }
    std::map<std::string, std::size_t> known;  // identifiers by partner
    for (const CsvRow& row : read_csv(county.folder() / "roster.csv")) {
        ++known[row.at("partner")];
    }
    const fs::path last = county.day(county.options().days);
    CHECK(kinds["CheckInScheduled"] ==
          read_csv(last / "supervision" / "checkins.csv").size() +
              lines_of(read_file(last / "supervision" / "tests.json")).size() - 2);
    CHECK(kinds["CheckInMissed"] == truths(county, "CheckInMissed"));
    CHECK(kinds["FailureToAppear"] == truths(county, "FailureToAppear"));
    CHECK(kinds["HousingEnrollmentStarted"] > known["housing"] * 9 / 10);  // no export on the last
    for (const char* kind :
         {"HearingHeld", "HearingCancelled", "HearingContinued", "WarrantCleared",
          "CheckInCompleted", "CheckInCancelled", "SupervisionEnded", "HousingMoveIn",
          "HousingExit", "LivingSituationRecorded"}) {
        INFO(kind);
        CHECK(kinds[kind] > 0);
    }
    // Deleted and vanished, of two blocks of clients; corrected and merged twice as often.
    CHECK(corrections["HousingServiceProvided"] == 4);
    CHECK(corrections["HousingReferral"] == 0);
    CHECK(corrections["HousingEnrollmentStarted"] >= 2);
}
