#include "adapters/supervision/site.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::supervision;

namespace {

/// A complete configuration with one part of it replaced.
std::string config(const std::string& from = "", const std::string& to = "") {
    std::string text =
        "[feed]\nname = \"f\"\nzone = \"America/New_York\"\nauthority = \"p\"\n"
        "[csv]\ndate_format = \"MM/DD/YYYY\"\n"
        "[csv.columns]\nclient = \"c\"\ndate = \"d\"\nstatus = \"s\"\n"
        "[status]\nDONE = \"completed\"\n";
    if (!from.empty()) {
        text.replace(text.find(from), from.size(), to);
    }
    return text;
}

std::string problem(const std::string& text) {
    const auto site = site_from(text);
    return site ? std::string() : site.error().context;
}

}  // namespace

TEST_CASE("a small configuration is enough", "[supervision]") {
    const auto site = site_from(config());
    REQUIRE(site);
    CHECK(site->owner == "p");
    CHECK(site->duration == std::chrono::minutes{30});
    REQUIRE(site->statuses.size() == 1);
    CHECK(site->statuses[0].meaning == RowStatus::Completed);
}

TEST_CASE("a mistake is told by table and key", "[supervision]") {
    using Catch::Matchers::Contains;
    CHECK_THAT(problem(config("[csv]\n", "[csv]\ndelimiter = \";\"\n")),
               Contains("[csv] delimiter is not known"));
    CHECK_THAT(problem(config("[csv]\n", "[csv]\nencoding = \"ebcdic\"\n")),
               Contains("windows-1252"));
    CHECK_THAT(problem(config("authority = \"p\"\n", "authority = \"p\"\nrows = \"people\"\n")),
               Contains("roster"));
    CHECK_THAT(problem(config("client = \"c\"\n", "")),
               Contains("[csv.columns] client is missing"));
    CHECK_THAT(problem(config("status = \"s\"\n", "")), Contains("status, or the markers"));
    CHECK_THAT(problem(config("MM/DD/YYYY", "MM/DD")), Contains("[csv] date_format"));
    CHECK_THAT(problem(config("[csv]\n", "[csv]\ntime_format = \"MM/DD\"\n")),
               Contains("time_format"));
    CHECK_THAT(problem(config("completed", "done")), Contains("[status] DONE has to be"));
    CHECK_THAT(problem(config("DONE = \"completed\"\n", "")), Contains("[status]"));
    CHECK_THAT(problem(config("authority = \"p\"\n", "")), Contains("[feed] authority"));
    CHECK_THAT(problem(config() + "[type]\nUA = \"ClinicVisit\"\n"), Contains("[type] UA"));
    CHECK_THAT(problem(config("America/New_York", "Mars/Olympus")), Contains("time zone"));
    CHECK_THAT(problem(config() + "[extra]\n"), Contains("extra is not known"));
    CHECK_THAT(problem(config("[csv]\n", "[csv]\ndefault_minutes = 0\n")),
               Contains("default_minutes"));
    CHECK_THAT(problem(config("[csv]\n", "[csv]\nremote = [1]\n")), Contains("remote"));
}
