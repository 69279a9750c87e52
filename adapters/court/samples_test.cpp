#include <sstream>

#include "adapters/court/event_json.hpp"
#include "adapters/court/test_support.hpp"

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
    std::string lines;
    for (const Submission& event : parsed->events) {
        lines += event_line(event) + "\n";
    }
    return lines;
}

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

}  // namespace carehub::adapters::court::testing
