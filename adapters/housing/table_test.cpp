#include "adapters/housing/table.hpp"

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;
using namespace carehub::adapters::housing;

namespace {

/// A row under the header EntryDate, EnrollmentID, HashStatus.
struct OneRow {
    explicit OneRow(std::vector<std::string_view> cells)
        : row_cells{7, std::move(cells)}, row({"Test.csv", 7}, header, row_cells, report) {}
    Report report;
    Header header{CsvRow{1, {"entrydate", "ENROLLMENTID", "HashStatus"}}};
    CsvRow row_cells;
    Row row;
};

Date read_date(std::string_view text, bool& accepted) {
    OneRow one({text, "E1", "1"});
    const Date date = one.row.required_date(Column::EntryDate);
    accepted = one.row.accepted();
    return date;
}

}  // namespace

TEST_CASE("dates are civil dates and are never rolled over", "[housing]") {
    bool accepted = false;
    for (const char* text :
         {"2026-02-28", "2026-02-28 23:59:59", "2026-02-28T00:00", " 2026-02-28 "}) {
        CAPTURE(text);
        CHECK(to_iso(read_date(text, accepted)) == "2026-02-28");
        CHECK(accepted);
    }
    for (const char* text : {"2026-02-30", "2026-13-01", "02-28-2026", "08-MAY-67", "2026-2-28",
                             "2026-02-28 24:00:00", "2026-02-28x", "20260228", "x"}) {
        CAPTURE(text);
        static_cast<void>(read_date(text, accepted));
        CHECK_FALSE(accepted);
    }
}

TEST_CASE("a refused cell names line, column, reason and fix, and no value", "[housing]") {
    OneRow one({"30 June", "E1", "1"});
    static_cast<void>(one.row.required_date(Column::EntryDate));
    static_cast<void>(one.row.required_id(Column::PersonalId));
    const auto refusals = one.report.take_refusals();
    REQUIRE(refusals.size() == 1);
    CHECK(refusals[0].file == "Test.csv");
    CHECK(refusals[0].line == 7);
    CHECK(refusals[0].refusal.field == "EntryDate");
    CHECK(refusals[0].refusal.reason == RefusalReason::InvalidField);
    CHECK(refusals[0].why.find("June") == std::string::npos);
    CHECK_FALSE(refusals[0].refusal.fix.empty());
}

TEST_CASE("a row that does not fit its header is refused, empty cells behind it are not",
          "[housing]") {
    CHECK_FALSE(OneRow({"2026-01-01", "E1"}).row.accepted());
    CHECK_FALSE(OneRow({"2026-01-01", "E1", "1", "extra"}).row.accepted());
    CHECK(OneRow({"2026-01-01", "E1", "1", "", ""}).row.accepted());
}

TEST_CASE("text in a numeric cell refuses a required code and empties an optional one",
          "[housing]") {
    for (const char* text : {"abc", "1.0", "-1", "1a", "5"}) {
        CAPTURE(text);
        OneRow required({"2026-01-01", "E1", text});
        static_cast<void>(required.row.required_code(Column::HashStatus, 4));
        CHECK_FALSE(required.row.accepted());

        OneRow optional({"2026-01-01", "E1", text});
        CHECK_FALSE(optional.row.optional_code(Column::HashStatus, 4));
        CHECK(optional.row.accepted());
        CHECK(optional.report.take_findings().size() == 1);
    }
}

TEST_CASE("ids are bounded UTF-8 without control characters", "[housing]") {
    const std::string longer(65, 'x');
    const std::string ids[] = {longer, "a\x01", "\xFF", ""};
    for (const std::string& id : ids) {
        OneRow one({"2026-01-01", id, "1"});
        CHECK(one.row.required_id(Column::EnrollmentId).empty());
        CHECK_FALSE(one.row.accepted());
    }
}

TEST_CASE("findings of one kind are counted, not repeated", "[housing]") {
    Report report;
    for (std::uint64_t line = 5; line < 8; ++line) {
        report.find({"Exit.csv", line}, "Destination", "not told");
    }
    const auto findings = report.take_findings();
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].line == 5);
    CHECK(findings[0].what == "not told (3 rows)");
}
