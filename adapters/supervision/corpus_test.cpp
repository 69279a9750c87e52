// Real exports of supervision contacts, read with the mappings an agency would write.
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "adapters/supervision/read_file.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::supervision;

namespace {

namespace fs = std::filesystem;

/// The folder of exports; empty, after saying so, where there is no corpus.
fs::path corpus() {
    const char* named = std::getenv("CAREHUB_CORPUS");
    const fs::path root =
        named != nullptr ? fs::path(named) : fs::path(CAREHUB_SOURCE_DIR) / "../shared/corpus";
    const fs::path folder = root / "court/Recidiviz-pulse-data";
    if (fs::exists(folder)) {
        return folder;
    }
    const char* ci = std::getenv("CI");
    REQUIRE_FALSE((ci != nullptr && std::string_view(ci) == "true"));
    std::cout << "corpus: NOT RUN\n";
    return {};
}

Parsed read(const fs::path& file, const std::string& csv, const std::string& rest) {
    const auto site =
        site_from("[feed]\nname = \"f\"\nzone = \"America/Boise\"\nauthority = \"p\"\n[csv]\n" +
                  csv + "[csv.columns]\n" + rest);
    INFO((site ? std::string() : site.error().context));
    REQUIRE(site);
    KnownRows known;
    auto parsed = read_file(file, *site, known, *parse_iso_time("2026-07-01T00:00:00Z"));
    INFO((parsed ? std::string() : parsed.error().context));
    REQUIRE(parsed);
    return std::move(*parsed);
}

constexpr const char* kDateTime = "date_format = \"YYYY-MM-DD HH:mm:ss\"\n";
constexpr const char* kIdahoStatus =
    "[status]\nSUCCESSFUL = \"completed\"\nATTEMPTED = \"ignored\"\n";

}  // namespace

TEST_CASE("Idaho's contacts: successful is completed, attempted a finding, the unmapped refused",
          "[supervision][corpus]") {
    const fs::path folder = corpus();
    if (folder.empty()) {
        return;
    }
    const Parsed parsed = read(
        folder / "us_id/sprvsn_cntc_v2.csv", std::string(kDateTime) + "remote = [\"TELEPHONE\"]\n",
        "client = \"ofndr_num\"\ncheck_in = \"sprvsn_cntc_id\"\nofficer = \"usr_id\"\n"
        "officer_name = \"name\"\ndate = \"cntc_dt\"\nplace = \"cntc_loc_desc\"\n"
        "type = \"cntc_typ_desc\"\nstatus = \"cntc_rslt_desc\"\n" +
            std::string(kIdahoStatus));
    REQUIRE(parsed.events.size() == 2);
    CHECK(parsed.events[0].kind == EventKind::CheckInCompleted);
    CHECK(parsed.events[0].time_flags.has(TimeFlag::DateOnly));
    CHECK(std::get<ObligationClaim>(parsed.events[0].payload).location.remote);
    CHECK(parsed.events[1].business_key == "f|3333|5");
    CHECK(parsed.findings.size() == 2);
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].line == 3);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::InvalidField);
}

TEST_CASE("Idaho's older table keeps the time in a column of its own", "[supervision][corpus]") {
    const fs::path folder = corpus();
    if (folder.empty()) {
        return;
    }
    const Parsed parsed =
        read(folder / "us_id/sprvsn_cntc.csv", std::string(kDateTime) + "time_format = \"HH:mm\"\n",
             "client = \"ofndr_num\"\ncheck_in = \"sprvsn_cntc_id\"\ndate = \"cntc_dt\"\n"
             "time = \"cntc_tm\"\nstatus = \"cntc_rslt_desc\"\n" +
                 std::string(kIdahoStatus));
    CHECK(parsed.events.size() + parsed.findings.size() + parsed.refusals.size() == 4);
    REQUIRE(parsed.events.size() == 1);
    CHECK(to_iso(parsed.events[0].occurred_at) == "2018-02-01T22:00:00Z");
    CHECK(parsed.findings.size() == 2);
}

TEST_CASE("Tennessee's contact notes are read by their codes", "[supervision][corpus]") {
    const fs::path folder = corpus();
    if (folder.empty()) {
        return;
    }
    const std::string columns =
        "client = \"OffenderID\"\ndate = \"ContactNoteDateTime\"\nstatus = \"ContactNoteType\"\n"
        "[status]\nJOIC = \"completed\"\nITSS = \"ignored\"\n";
    const Parsed simple = read(folder / "us_tn/raw/ContactNoteType/supervision_contacts_simple.csv",
                               kDateTime, columns);
    CHECK(simple.events.size() == 2);
    CHECK(simple.findings.size() == 1);
    const Parsed more =
        read(folder / "us_tn/SupervisionContacts2015to2017.csv", kDateTime, columns);
    CHECK(more.events.size() == 1);
    CHECK(simple.refusals.size() + more.refusals.size() == 0);
}

TEST_CASE("a table that is no check-in table is refused by its header", "[supervision][corpus]") {
    const fs::path folder = corpus();
    if (folder.empty()) {
        return;
    }
    const Parsed parsed = read(folder / "us_id/agnt_case_updt.csv", kDateTime,
                               "client = \"ofndr_num\"\ndate = \"cntc_dt\"\n"
                               "status = \"cntc_rslt_desc\"\n" +
                                   std::string(kIdahoStatus));
    CHECK(parsed.events.empty());
    CHECK(parsed.refusals.size() == 2);
}
