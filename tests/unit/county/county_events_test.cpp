// The truth's events against what the real adapters make of the files: each as often as it says,
// under the ids it names.
#include <algorithm>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/unit/county/told_events.hpp"

using namespace carehub;
using namespace carehub::county_test;

namespace {

struct TrueEvents {
    std::string partner;
    std::string client;
    std::string kind;
    std::size_t count = 0;
    std::vector<std::string> ids;
};

std::vector<TrueEvents> true_events(const TemporaryCounty& county) {
    std::vector<TrueEvents> lines;
    for (const std::string& line : lines_of(read_file(county.folder() / "truth.jsonl"))) {
        if (json_value(line, "type") == "event") {
            lines.push_back({json_value(line, "partner"), json_value(line, "client"),
                             json_value(line, "kind"), std::stoul(json_value(line, "count")),
                             json_list(line, "ids")});
        }
    }
    return lines;
}

void check_events(const county::CountyOptions& options) {
    const TemporaryCounty county(options);
    const std::vector<ToldEvent> told = told_events(county);
    for (const TrueEvents& expected : true_events(county)) {
        std::vector<std::string> keys;
        for (const ToldEvent& event : told) {
            if (event.partner == expected.partner && event.client == expected.client &&
                event.kind == expected.kind) {
                keys.push_back(event.key);
            }
        }
        INFO(expected.kind << " of " << expected.client << " by " << expected.partner);
        CHECK(keys.size() == expected.count);
        for (const std::string& id : expected.ids) {
            INFO(id);
            CHECK(std::ranges::any_of(
                keys, [&](const std::string& key) { return key.find(id) != std::string::npos; }));
        }
    }
}

}  // namespace

TEST_CASE("adapters tell each event of the truth as often as it says", "[county]") {
    const char* const start = GENERATE("2026-07-06", "2026-10-19", "2026-03-01", "2026-12-20");
    const std::uint64_t seed = GENERATE(1U, 77U);
    INFO(start << " seed " << seed);
    check_events(options(100, 14, seed, start));
}

TEST_CASE("so they do in a county of any length", "[county]") {
    const unsigned days = GENERATE(1U, 2U, 3U, 4U, 5U, 6U, 9U);
    INFO(days << " days");
    check_events(options(100, days, 5, "2026-07-06"));
}

TEST_CASE("a hundred clients plant every kind of event that the formats have", "[county]") {
    const TemporaryCounty county(options(100, 14, 1, "2026-07-06"));
    std::set<std::string> kinds;
    std::set<std::string> none;
    for (const TrueEvents& line : true_events(county)) {
        (line.count > 0 ? kinds : none).insert(line.partner + " " + line.kind);
    }
    for (const char* kind : {"housing HousingServiceProvided",
                             "housing HousingReferral",
                             "housing HousingAssessmentRecorded",
                             "housing LivingSituationRecorded",
                             "housing HousingEnrollmentStarted",
                             "housing PersonUpserted",
                             "housing HousingMoveIn",
                             "housing HousingExit",
                             "housing HousingLossReported",
                             "municipal HearingScheduled",
                             "municipal HearingContinued",
                             "municipal HearingUnlisted",
                             "municipal FailureToAppear",
                             "municipal WarrantIssued",
                             "court HearingScheduled",
                             "terms SupervisionStarted",
                             "conditions SupervisionConditionSet",
                             "violations ViolationReported",
                             "supervision CheckInScheduled",
                             "supervision CheckInMissed",
                             "jail CustodyStarted",
                             "jail CustodyEnded"}) {
        INFO(kind);
        CHECK(kinds.contains(kind));
    }
    CHECK(none.contains("jail CustodyStarted"));  // the namesake
    CHECK(none.contains("municipal HearingUnlisted"));
}

TEST_CASE("somebody of a client's name is told of, and is nobody the roster knows", "[county]") {
    const TemporaryCounty county(options(100, 14, 1, "2026-07-06"));
    const std::vector<ToldEvent> told = told_events(county);
    const auto strangers =
        std::ranges::count_if(told, [](const ToldEvent& event) { return event.client.empty(); });
    CHECK(strangers == 1);
    const auto stranger = std::ranges::find(told, "", &ToldEvent::client);
    CHECK(stranger->kind == "CustodyStarted");
}

TEST_CASE("exports say by turns everything and what changed", "[county]") {
    const TemporaryCounty county(options(100, 7, 1, "2026-07-06"));
    const auto export_of = [&](unsigned day, const char* date) {
        return county.day(day) / "housing" / (std::string("hmis-") + date);
    };
    const auto directive = [&](unsigned day, const char* date) {
        return read_csv(export_of(day, date) / "Export.csv").front().at("ExportDirective");
    };
    const auto enrollments = [&](unsigned day, const char* date) {
        return read_csv(export_of(day, date) / "Enrollment.csv").size();
    };
    CHECK(directive(1, "2026-07-06") == "2");
    CHECK(directive(3, "2026-07-08") == "1");
    CHECK(directive(5, "2026-07-10") == "2");
    CHECK(directive(7, "2026-07-12") == "1");
    CHECK(enrollments(3, "2026-07-08") > 0);
    CHECK(enrollments(3, "2026-07-08") * 4 < enrollments(1, "2026-07-06"));
    CHECK(enrollments(5, "2026-07-10") >= enrollments(1, "2026-07-06"));
}
