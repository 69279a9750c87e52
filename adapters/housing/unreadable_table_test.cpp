// A file that is no table, or not the one its name tells: refused by name, and nothing concluded
// from what it does not say.
#include <algorithm>

#include <zip.h>

#include "adapters/housing/test_export.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

constexpr const char* kAnn = "c1,Ann,Reed,1,1980-05-06,1,2026-06-01 10:00:00";
constexpr const char* kHealthHeader = "HealthAndDVID,EnrollmentID,PersonalID,CurrentlyFleeing\n";

TestExport of_day(const std::string& day) {
    return TestExport()
        .client(kAnn)
        .enrollment("e1,c1,P3,2026-01-05,h1,116,,,2026-02-02 09:00:00,")
        .exit("x1,e1,c1,2026-06-01,410,,2026-06-02 08:00:00,")
        .enrollment("e2,c1,S1,2026-06-20,h1,,,,2026-06-20 09:00:00,")
        .situation("s1,e2,c1,2026-06-21,116,,,2026-06-21 10:00:00,")
        .service("n1,e2,c1,2026-06-21,200,2026-06-22 08:00:00,")
        .file("HealthAndDV.csv", std::string(kHealthHeader) + "1,e1,c1,1\n")
        .period("3", "2", "2026-01-01", "2026-06-30")
        .exported(day);
}

Parsed read_damaged(const std::string& name, const std::string& text) {
    KnownRows known;
    static_cast<void>(read(of_day("2026-06-30"), known));
    Parsed parsed = read(of_day("2026-07-01").file(name, text), known);
    CHECK(read(of_day("2026-07-02"), known).events.empty());
    return parsed;
}

void check_refused(const Parsed& parsed, const std::string& name) {
    REQUIRE(parsed.refusals.size() == 1);
    CHECK(parsed.refusals[0].file == name);
    CHECK(parsed.refusals[0].line == 0);
    CHECK(parsed.refusals[0].refusal.reason == RefusalReason::FormatUnreadable);
    CHECK(parsed.events.empty());
}

}  // namespace

TEST_CASE("a table without the column of its ids is refused by name and withdraws nothing",
          "[housing]") {
    const std::string text =
        GENERATE("", "\n\n", "\xEF\xBB\xBF", "<html>error</html>\n", "Service unavailable",
                 "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\n<html>\n",
                 "ID;EnrollmentID;PersonalID\n1;e1;c1\n");
    CAPTURE(text);
    for (const char* const name :
         {"Exit.csv", "CurrentLivingSituation.csv", "Services.csv", "HealthAndDV.csv"}) {
        CAPTURE(name);
        check_refused(read_damaged(name, text), name);
    }
}

TEST_CASE("an export whose clients, enrollments, projects or providers are no table is refused",
          "[housing]") {
    const std::string text = GENERATE("", "Service unavailable");
    CAPTURE(text);
    for (const char* const name :
         {"Client.csv", "Enrollment.csv", "Project.csv", "Organization.csv"}) {
        CAPTURE(name);
        const Parsed parsed = read_damaged(name, text);
        check_refused(parsed, name);
        CHECK(parsed.records == 0);
    }
}

TEST_CASE("a project that does not say whose it is may be a victim service provider's",
          "[housing]") {
    const TestExport anonymous =
        of_day("2026-06-30").file("Project.csv", "ProjectID,ProjectType\nP3,3\nS1,1\nX1,3\n");
    check_refused(read(anonymous), "Project.csv");
}

TEST_CASE("a delta with a damaged table is read without it", "[housing]") {
    KnownRows known;
    static_cast<void>(read(of_day("2026-06-30"), known));
    const Parsed delta = read(TestExport()
                                  .file("Client.csv", "Service unavailable")
                                  .service("n2,e2,c1,2026-06-22,200,2026-06-23 08:00:00,")
                                  .period("1", "1", "2026-06-30", "2026-07-01")
                                  .exported("2026-07-01"),
                              known);
    REQUIRE(delta.refusals.size() == 1);
    CHECK(delta.refusals[0].file == "Client.csv");
    REQUIRE(delta.events.size() == 1);
    CHECK(delta.events[0].labels.has(SecurityLabel::DvProtected));
}

TEST_CASE("where a person lived is known still when the table that told it is missing",
          "[housing]") {
    // Ann's exit to a home of her own, and Bo's home of 5 June, make the shelter of 20 June a loss.
    const auto two_losses = [](const std::string& day) {
        return of_day(day)
            .client("c2,Bo,Lee,1,1970-01-01,1,2026-06-01 10:00:00")
            .enrollment("e3,c2,V12,2026-06-01,h2,,,,2026-06-01 09:00:00,")
            .situation("s3,e3,c2,2026-06-05,410,,,2026-06-05 10:00:00,")
            .enrollment("e4,c2,S1,2026-06-20,h2,,,,2026-06-20 09:00:00,");
    };
    KnownRows known;
    const Parsed first = read(two_losses("2026-06-30"), known);
    REQUIRE(of_kind(first, EventKind::HousingLossReported).size() == 2);
    CHECK(read(two_losses("2026-07-01").without("Exit.csv"), known).events.empty());
    CHECK(
        read(two_losses("2026-07-02").without("CurrentLivingSituation.csv"), known).events.empty());
}

TEST_CASE("a link in a zip is no table", "[housing]") {
    const TemporaryFolder folder;
    const auto zip = folder.path() / "export.zip";
    const TestExport whole = of_day("2026-06-30").file("Client.csv", "/etc/hostname");
    write_zip(zip, {whole.files().begin(), whole.files().end()});
    int error = 0;
    zip_t* archive = zip_open(zip.c_str(), 0, &error);
    REQUIRE(archive != nullptr);
    const auto at = static_cast<zip_uint64_t>(zip_name_locate(archive, "Client.csv", 0));
    REQUIRE(zip_file_set_external_attributes(archive, at, 0, ZIP_OPSYS_UNIX, 0120777U << 16U) == 0);
    REQUIRE(zip_close(archive) == 0);
    KnownRows known;
    check_refused(read_export(zip, test_site(), known).value(), "Client.csv");
}
