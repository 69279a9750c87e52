#include <sstream>

#include "adapters/court/profile_sketch.hpp"
#include "adapters/court/test_support.hpp"
#include "tests/support/event_lines.hpp"

namespace carehub::adapters::court::testing {
namespace {

const std::filesystem::path kSamples =
    std::filesystem::path(CAREHUB_SOURCE_DIR) / "adapters/court/samples";

std::string content(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE(in);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

Site sample_site(const std::string& name) {
    auto site = load_site(kSamples / name);
    INFO((site ? std::string() : to_string(site.error())));
    REQUIRE(site);
    return *site;
}

/// The events of a sample as JSON lines, read as if it had been written at `now`.
std::string lines_of(Court& court, const std::string& name, const char* now) {
    const auto file = court.folder.write(name, content(kSamples / name));
    std::filesystem::last_write_time(file, std::chrono::file_clock::from_sys(at(now)));
    const auto parsed = read_file(file, court.site, court.store, at(now));
    REQUIRE(parsed);
    CHECK(parsed->refusals.empty());
    return carehub::testing::event_lines(parsed->events);
}

/// What a sample gives, a line an event: kind, number, start and end, flags.
std::vector<std::string> gist(const Parsed& parsed) {
    std::vector<std::string> lines;
    for (const Submission& event : parsed.events) {
        const ObligationClaim& told = claim(event);
        lines.push_back(std::string(name_of(event.kind)) + " " + event.identifiers.front().value +
                        " " + to_iso(told.start) + "/" + to_iso(told.end) + " " +
                        std::to_string(event.time_flags.bits) + " " + told.location.name);
    }
    return lines;
}

/// A profile of at most forty lines and its file, and where a refusal stands.
struct Calendar {
    std::string profile;
    std::string file;
    std::vector<std::string> gist;
    std::vector<std::uint64_t> refused;
};

}  // namespace

TEST_CASE("the profile that the README shows is accepted as it stands", "[court]") {
    const std::string page = content(kSamples.parent_path() / "README.md");
    const std::size_t from = page.find("```toml\n");
    REQUIRE(from != std::string::npos);
    const std::size_t begin = from + std::string_view("```toml\n").size();
    const auto site = parse_site(page.substr(begin, page.find("```", begin) - begin));
    INFO((site ? std::string() : to_string(site.error())));
    REQUIRE(site);
    CHECK(site->csv.has_value());
}

TEST_CASE("the sample calendar gives the events beside it", "[court]") {
    Court court(sample_site("docket.toml"));
    CHECK(lines_of(court, "docket.ics", "2026-04-01T08:00:00Z") ==
          content(kSamples / "docket.expected.jsonl"));
}

TEST_CASE("the sample hearing lists of three days give the events beside them", "[court]") {
    Court court(sample_site("hearings.toml"));
    CHECK(lines_of(court, "hearings-1.csv", "2026-04-01T08:00:00Z") ==
          content(kSamples / "hearings-1.expected.jsonl"));
    CHECK(lines_of(court, "hearings-2.csv", "2026-04-02T08:00:00Z") ==
          content(kSamples / "hearings-2.expected.jsonl"));
    CHECK(lines_of(court, "hearings-3.csv", "2026-04-03T08:00:00Z") ==
          content(kSamples / "hearings-3.expected.jsonl"));
}

TEST_CASE("calendars of four shapes are read by profiles of at most forty lines", "[court]") {
    const auto sample = GENERATE(
        Calendar{"cause_list.toml",
                 "cause_list.json",
                 {"HearingScheduled NF260001 2026-04-02T09:00:00Z/2026-04-02T10:30:00Z 0 Court 1",
                  "HearingScheduled NF260002 2026-04-02T09:00:00Z/2026-04-02T10:30:00Z 0 Court 1",
                  "HearingScheduled NF260003 2026-04-02T09:00:00Z/2026-04-02T10:30:00Z 0 Court 1",
                  "HearingScheduled NF260004 2026-04-02T13:00:00Z/2026-04-02T14:00:00Z 8 Court 2 "
                  "(first floor)"},
                 {4}},
        Calendar{"tribunal.toml",
                 "tribunal.json",
                 {"HearingScheduled T-501 2026-05-11T09:30:00Z/2026-05-11T11:00:00Z 8 Room A",
                  "HearingScheduled T-502 2026-05-11T13:00:00Z/2026-05-11T14:30:00Z 8 Room A",
                  "HearingScheduled T-504 2026-05-12T07:00:00Z/2026-05-12T11:00:00Z 80 Room B",
                  "HearingScheduled T-503 2026-05-12T08:00:00Z/2026-05-12T09:30:00Z 8 Room B"},
                 {5}},
        Calendar{"crown_list.toml",
                 "crown_list.json",
                 {"HearingScheduled T20260011 2026-06-15T09:00:00Z/2026-06-15T10:00:00Z 8 1",
                  "HearingScheduled T20260012 2026-06-15T09:00:00Z/2026-06-15T11:00:00Z 40 1",
                  "HearingScheduled T20260013 2026-06-15T13:15:00Z/2026-06-15T14:15:00Z 8 6"},
                 {}},
        Calendar{"reviews.toml",
                 "reviews.ics",
                 {"HearingScheduled TC-26-014 2026-03-02T15:00:00Z/2026-03-02T15:20:00Z 8 ",
                  "HearingScheduled TC-26-014 2026-03-17T18:30:00Z/2026-03-17T19:00:00Z 0 ",
                  "HearingScheduled TC-26-020 2026-03-20T13:00:00Z/2026-03-20T17:00:00Z 80 ",
                  "HearingScheduled TC-26-014 2026-03-23T14:00:00Z/2026-03-23T14:20:00Z 8 "},
                 {28}});
    INFO(sample.profile);
    const std::string profile = content(kSamples / sample.profile);
    CHECK(std::count(profile.begin(), profile.end(), '\n') <= 40);
    Court court(sample_site(sample.profile));
    const auto parsed =
        read_file(kSamples / sample.file, court.site, court.store, at("2026-03-01T12:00:00Z"));
    REQUIRE(parsed);
    CHECK(gist(*parsed) == sample.gist);
    std::vector<std::uint64_t> refused;
    for (const RecordRefusal& refusal : parsed->refusals) {
        refused.push_back(refusal.line);
    }
    CHECK(refused == sample.refused);
}

TEST_CASE("a profile is sketched from a list or a calendar, with zone and authority left out",
          "[court]") {
    const auto completed = [](std::string text) {
        text.replace(text.find("zone = \"\""), 9, "zone = \"Europe/London\"");
        text.replace(text.find("authority = \"\""), 14, "authority = \"X\"");
        return text;
    };
    for (const char* const name : {"cause_list.json", "tribunal.json", "hearings-1.csv"}) {
        INFO(name);
        const auto sketch = sketch_profile(content(kSamples / name));
        REQUIRE(sketch);
        INFO(*sketch);
        CHECK_FALSE(parse_site(*sketch));
        Court court(site_of(completed(*sketch)));
        const auto parsed =
            read_file(kSamples / name, court.site, court.store, at("2026-03-01T12:00:00Z"));
        REQUIRE(parsed);
        CHECK(parsed->events.size() >= 4);
    }
    const auto calendar = sketch_profile(content(kSamples / "docket.ics"));
    REQUIRE(calendar);
    CHECK(parse_site(completed(*calendar)));
    CHECK_FALSE(sketch_profile("name,address\na,b\n"));
}

TEST_CASE("a sketch keeps the hours of lists as offices write them, or asks for their format",
          "[court]") {
    using Catch::Matchers::Contains;
    const auto sketch = [](const std::string& text) {
        const auto profile = sketch_profile(text);
        INFO((profile ? *profile : profile.error().context));
        REQUIRE(profile);
        return *profile;
    };
    CHECK_THAT(sketch("Cause No,Setting Date,Time\n1,01/05/27,9:00 a.m.\n2,01/05/27,TBD\n"
                      "3,01/06/27,1:30 PM - call list\n"),
               Contains("case = \"Cause No\"") && Contains("date_format = \"MM/DD/YY\"") &&
                   Contains("time_format = \"h:mm am/pm\"") && Contains("time = \"Time\""));
    CHECK_THAT(sketch("case,hearing_date,room\n1,05-JAN-2027,2\n2,05-Jan-27,2\n"),
               Contains("date_format = [\"D-MMM-YYYY\", \"D-MMM-YY\"]"));
    const std::string open =
        sketch("case,hearing_date,hearing_time\n1,2027-01-05,nine o'clock 5\n");
    CHECK_THAT(open,
               Contains("time = \"hearing_time\"") && Contains("time_format = \"\"   # FILL IN"));
    CHECK_FALSE(parse_site(open));
    const std::string warrants = sketch(
        "Warrant Number,Case Number,Issued Date,Warrant "
        "Type,Status\n1,2,11/20/2026,Bench,Active\n");
    CHECK_THAT(warrants, Contains("warrant = \"Status\"") && Contains("[warrants]") &&
                             Contains("warrant_date = \"Issued Date\"") && !Contains("\ndate = "));
    CHECK_THAT(sketch("DOCKET_DT|DOCKET_TM|CASE_ID\n20261203|0900|26CRB00123\n"),
               Contains("date = \"DOCKET_DT\"") && Contains("time = \"DOCKET_TM\"") &&
                   Contains("case = \"CASE_ID\""));
    const std::string titled =
        "Greene County Court\nprinted 11/23/2026\n\nCase No.,Date\n26-CR-1,12/03/2026\n";
    CHECK_THAT(sketch(titled), Contains("case = \"Case No.\"") && Contains("date = \"Date\""));
    // Day and month may not both be guessed.
    CHECK_THAT(sketch("case,hearing_date\n1,04/05/2026\n2,04/27/2026\n3,13/05/2026\n"),
               Contains("date_format = \"\"   # FILL IN"));
    // An agency's list is not a court's.
    CHECK_FALSE(sketch_profile("offender_id,case,violation_date\n1,26-CR-1,2026-11-10\n"));
}

}  // namespace carehub::adapters::court::testing
