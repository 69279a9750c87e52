// [out] of a partner whose adapter reads files, and what its capability says it may receive.
#include "adapters/kit/drop/partner_out.hpp"

#include <fstream>
#include <set>

#include <boost/json.hpp>

#include "adapters/kit/drop/calendar_entry.hpp"
#include "adapters/kit/out/told_kinds.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/kit/fixtures.hpp"

namespace carehub::adapters {
namespace {

using Catch::Matchers::Contains;

Result<std::optional<PartnerOut>> out_of(const TemporaryFolder& folder, const std::string& out) {
    const auto file = folder.path() / "site.toml";
    write_text(
        file,
        "[feed]\nname = \"f\"\nzone = \"America/New_York\"\n[watch]\nfolder = \"in\"\n" + out);
    return read_partner_out(file);
}

std::string error_of(const std::string& out) {
    const TemporaryFolder folder;
    const auto config = out_of(folder, "[out]\n" + out);
    return config ? "none" : config.error().context;
}

TEST_CASE("a partner without [out] is told nothing", "[kit][out][drop]") {
    const TemporaryFolder folder;
    const auto config = out_of(folder, "");
    REQUIRE(config);
    CHECK_FALSE(*config);
}

TEST_CASE("a partner's [out] names a folder of its own, or an endpoint", "[kit][out][drop]") {
    const TemporaryFolder folder;
    const auto ical = out_of(folder,
                             "[out]\nformat = \"ical\"\nfolder = \"seen/here\"\nreadable_by = "
                             "\"group\"\n[out.ical]\nkeep_days = 7\n");
    REQUIRE(ical);
    CHECK((*ical)->common.folder == folder.path() / "seen/here");
    CHECK((*ical)->common.readers == Readers::Group);
    CHECK((*ical)->common.kinds == calendar_kinds());
    CHECK((*ical)->calendar_keep == std::chrono::days{7});
    const auto csv = out_of(folder, "[out]\nformat = \"csv\"\nfolder = \"/srv/drop\"\n");
    REQUIRE(csv);
    CHECK((*csv)->common.folder == "/srv/drop");
    CHECK((*csv)->common.readers == Readers::Owner);
    CHECK((*csv)->common.kinds == kinds_for_others());
    const auto hook = out_of(folder,
                             "[out]\nformat = \"webhook\"\nendpoint = \"https://hook.example/\"\n"
                             "secret_file = \"secret\"\n");
    REQUIRE(hook);
    CHECK((*hook)->common.is_tls);
}

TEST_CASE("a partner's [out] is refused by its key", "[kit][out][drop]") {
    const std::string ical = "format = \"ical\"\n";
    CHECK_THAT(error_of("format = \"fhir\""), Contains("one of webhook, ical, csv"));
    CHECK_THAT(error_of(ical), Contains("folder"));
    CHECK_THAT(error_of(ical + "folder = \"in\""), Contains("lies in the watched one"));
    CHECK_THAT(error_of(ical + "folder = \"in/told\""), Contains("lies in the watched one"));
    CHECK_THAT(error_of(ical + "folder = \"x/../in/told\""), Contains("lies in the watched one"));
    CHECK(error_of(ical + "folder = \"into\"") == "none");
    CHECK_THAT(error_of(ical + "folder = \"o\"\nendpoint = \"https://x\""),
               Contains("endpoint is not known"));
    CHECK_THAT(error_of(ical + "folder = \"o\"\nreadable_by = \"all\""), Contains("readable_by"));
    CHECK_THAT(error_of(ical + "folder = \"o\"\n[out.ical]\nkeep_days = 0"), Contains("keep_days"));
    CHECK_THAT(error_of(ical + "folder = \"o\"\n[out.csv]\nkeep_days = 1"), Contains("csv"));
    CHECK_THAT(error_of("format = \"csv\"\nfolder = \"o\"\nkinds = [\"AppointmentNoShow\"]"),
               Contains("does not carry AppointmentNoShow"));
    CHECK_THAT(error_of(ical + "folder = \"o\"\nkinds = [\"HousingExit\"]"),
               Contains("does not carry HousingExit"));
}

TEST_CASE("the sketch of [out] says nothing until a person takes its marks away",
          "[kit][out][drop]") {
    std::string sketch(partner_out_sketch());
    const TemporaryFolder folder;
    CHECK_FALSE(*out_of(folder, sketch));
    std::string taken;
    for (std::size_t at = 0; at < sketch.size();) {
        const std::size_t end = sketch.find('\n', at);
        const std::string line = sketch.substr(at, end - at);
        if (line.find("webhook,") == std::string::npos &&
            line.find("secret") == std::string::npos) {
            taken += (line.starts_with("# ") ? line.substr(2) : line) + "\n";
        }
        at = end + 1;
    }
    const auto config = out_of(folder, taken);
    INFO(taken);
    REQUIRE(config);
    CHECK((*config)->common.format == "ical");
}

TEST_CASE("capability.json names what partners other than clinics may receive",
          "[kit][out][drop]") {
    std::set<std::string> carried;
    for (const EventKind kind : kinds_for_others()) {
        carried.emplace(name_of(kind));
    }
    for (const std::string adapter : {"court", "housing", "supervision"}) {
        INFO(adapter);
        const auto capability = boost::json::parse(
            read_text(CAREHUB_SOURCE_DIR "/adapters/" + adapter + "/capability.json"));
        std::set<std::string> told;
        for (const auto& kind : capability.at("may_receive").as_array()) {
            told.emplace(kind.as_string());
        }
        CHECK(told == carried);
    }
    CHECK_FALSE(carried.contains("AppointmentNoShow"));
    for (const EventKind kind : calendar_kinds()) {
        CHECK(carried.contains(std::string(name_of(kind))));
    }
}

}  // namespace
}  // namespace carehub::adapters
