#include "tools/county/county.hpp"

#include <set>

#include "tests/support/catch.hpp"
#include "tests/unit/county/county_files.hpp"
#include "tools/county/limits.hpp"
#include "tools/county/people.hpp"
#include "tools/county/text.hpp"
#include "tools/county/world.hpp"

using namespace carehub;
using namespace carehub::county_test;

TEST_CASE("the same seed writes the same bytes, another seed another county", "[county]") {
    const TemporaryCounty one(options(60, 4, 7, "2026-07-06"));
    const TemporaryCounty again(options(60, 4, 7, "2026-07-06"));
    const TemporaryCounty other(options(60, 4, 8, "2026-07-06"));
    CHECK(tree_of(one.folder()) == tree_of(again.folder()));
    CHECK(tree_of(one.folder()).at("roster.csv") != tree_of(other.folder()).at("roster.csv"));
}

TEST_CASE("a client's plan does not depend on how many others there are", "[county]") {
    const TemporaryCounty small(options(50, 3, 7, "2026-07-06"));
    const TemporaryCounty large(options(90, 3, 7, "2026-07-06"));
    const std::string few = tree_of(small.folder()).at("day-02/supervision/checkins.csv");
    const std::string many = tree_of(large.folder()).at("day-02/supervision/checkins.csv");
    CHECK(many.substr(0, few.size()) == few);
    CHECK(many.size() > few.size());
}

TEST_CASE("every file that the county promises is there", "[county]") {
    const TemporaryCounty county(options(30, 2, 1, "2026-07-06"));
    const auto tree = tree_of(county.folder());
    for (const char* name : {"county.json",
                             "directory/staff.csv",
                             "directory/absences.csv",
                             "directory/on_call.csv",
                             "directory/places.csv",
                             "directory/calendars.csv",
                             "roster.csv",
                             "consents.csv",
                             "agreements.toml",
                             "config/clinic.toml",
                             "config/housing.toml",
                             "config/court.toml",
                             "config/supervision.toml",
                             "config/municipal.toml",
                             "config/terms.toml",
                             "config/conditions.toml",
                             "config/violations.toml",
                             "config/jail.toml",
                             "truth.jsonl",
                             "day-01/clinic/0001.hl7",
                             "day-01/housing/hmis-2026-07-06/Export.csv",
                             "day-01/court/calendar.ics",
                             "day-01/court/hearings.csv",
                             "day-01/municipal/docket.json",
                             "day-01/supervision/checkins.csv",
                             "day-01/supervision/tests.json",
                             "day-01/terms/terms.json",
                             "day-01/conditions/conditions.json",
                             "day-01/violations/violations.json",
                             "day-01/jail/roster.csv",
                             "day-01/staff.jsonl",
                             "day-02/clinic/0001.hl7",
                             "day-02/court/calendar.ics"}) {
        INFO(name);
        CHECK(tree.contains(name));
    }
    CHECK(std::distance(fs::directory_iterator(county.day(1) / "housing" / "hmis-2026-07-06"),
                        {}) == 24);
    CHECK(tree.at("county.json") ==
          "{\"clients\":30,\"days\":2,\"seed\":1,\"start\":\"2026-07-06\",\"zone\":\"America/"
          "New_York\",\"partners\":[\"clinic\",\"housing\",\"court\","
          "\"supervision\",\"municipal\",\"terms\",\"conditions\",\"violations\",\"jail\"]}\n");
}

TEST_CASE("every table has as many cells in each row as in its header", "[county]") {
    const TemporaryCounty county(options(80, 3, 4, "2026-07-06"));
    for (const auto& [name, content] : tree_of(county.folder())) {
        if (fs::path(name).extension() == ".csv" && lines_of(content).size() > 1) {
            INFO(name);
            CHECK(read_csv(county.folder() / name).size() == lines_of(content).size() - 1);
        }
    }
}

TEST_CASE("every identifier of a feed is in the roster", "[county]") {
    const TemporaryCounty county(options(150, 6, 2, "2026-07-06"));
    std::set<std::string> known;
    for (const CsvRow& row : read_csv(county.folder() / "roster.csv")) {
        CHECK(known.insert(row.at("authority") + "|" + row.at("id_type") + "|" + row.at("id"))
                  .second);
        CHECK(row.at("owner") != "");
    }
    const fs::path day = county.day(6);
    for (const CsvRow& row : read_csv(day / "supervision" / "checkins.csv")) {
        CHECK(known.contains("SUPERVISION|SUPV|" + row.at("client_number")));
    }
    for (const CsvRow& row : read_csv(day / "jail" / "roster.csv")) {
        const bool stranger = row.at("INMATE_NO").starts_with("JX-");
        CHECK(known.contains("ASHFORD-JAIL|JAIL|" + row.at("INMATE_NO")) == !stranger);
    }
    for (const CsvRow& row : read_csv(day / "court" / "hearings.csv")) {
        CHECK(known.contains("ASHFORD-SC|CASE|" + row.at("case_no")));
    }
    for (const CsvRow& row :
         read_csv(county.day(5) / "housing" / "hmis-2026-07-10" / "Enrollment.csv")) {
        CHECK(known.contains("CTY-HMIS|HMIS|" + row.at("PersonalID")));
    }
    for (const Hl7Message& message : read_hl7(day / "clinic")) {
        CHECK(known.contains("CLINIC-MRN|MR|" + split(field(message, "PID", 3), '^')[0]));
    }
}

TEST_CASE("a full refresh never changes a row without a cause", "[county]") {
    const TemporaryCounty county(options(200, 5, 3, "2026-07-06"));
    std::set<std::string> told;  // enrollments that the truth says will be told again
    for (const std::string& line : lines_of(read_file(county.folder() / "truth.jsonl"))) {
        if (json_value(line, "kind") == "HousingEnrollmentStarted") {
            told.insert(json_list(line, "ids").front());
        }
    }
    const auto table = [&](unsigned day, const char* folder, const char* name) {
        std::map<std::string, CsvRow> rows;
        for (CsvRow row : read_csv(county.day(day) / "housing" / folder / name)) {
            row.erase("ExportID");
            const std::string id = row.at("EnrollmentID");
            rows[id] = std::move(row);
        }
        return rows;
    };
    const auto before = table(1, "hmis-2026-07-06", "Enrollment.csv");
    const auto after = table(5, "hmis-2026-07-10", "Enrollment.csv");
    CHECK(after.size() > before.size());
    std::set<std::string> changed;
    for (const auto& [id, row] : before) {
        if (after.at(id) != row) {
            changed.insert(id);
        }
    }
    CHECK(changed == told);
    CHECK(changed.size() >= 2);
    CHECK(table(5, "hmis-2026-07-10", "Exit.csv").size() >=
          table(1, "hmis-2026-07-06", "Exit.csv").size());
}

TEST_CASE("many messages are spread over several files, no client over two", "[county]") {
    const TemporaryCounty county(options(9'000, 1, 1, "2026-07-06"));
    std::map<std::string, std::set<std::string>> files_of;
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(county.day(1) / "clinic")) {
        ++files;
        for (const std::string& line : lines_of(read_file(entry.path()))) {
            if (line.rfind("PID|", 0) == 0) {
                files_of[split(line, '|')[3]].insert(entry.path().filename().string());
            }
        }
    }
    CHECK(files > 1);
    for (const auto& [client, names] : files_of) {
        CHECK(names.size() == 1);
    }
}

TEST_CASE("options out of bounds and occupied folders are refused", "[county]") {
    county::CountyOptions wrong = options(9, 1, 1, "2026-07-06");
    wrong.out = fs::temp_directory_path();
    CHECK(county::generate_county(wrong, {}).error().code == ErrorCode::Invalid);
    wrong.clients = county::kClientsMax + 1;
    CHECK(county::generate_county(wrong, {}).error().code == ErrorCode::Invalid);
    wrong.clients = 10;
    wrong.days = 0;
    CHECK(county::generate_county(wrong, {}).error().code == ErrorCode::Invalid);

    const TemporaryCounty county(options(10, 1, 1, "2026-07-06"));
    CHECK(county::generate_county(county.options(), {}).error().code == ErrorCode::Invalid);
}

TEST_CASE("progress is told after each day", "[county]") {
    const TemporaryCounty place(options(10, 1, 1, "2026-07-06"));
    county::CountyOptions wanted = options(10, 3, 1, "2026-07-06");
    wanted.out = place.folder() / "other";
    std::vector<unsigned> told;
    REQUIRE(county::generate_county(wanted, [&](unsigned day, unsigned days) {
        CHECK(days == 3);
        told.push_back(day);
    }));
    CHECK(told == std::vector<unsigned>{1, 2, 3});
}

TEST_CASE("federal holidays are kept on the days the domain computed", "[county]") {
    const auto dates = [](int year) {
        std::vector<std::string> texts;
        for (const Date date : county::federal_holidays(year)) {
            texts.push_back(to_iso(date).substr(5));
        }
        return texts;
    };
    CHECK(dates(2026) == std::vector<std::string>{"01-01", "01-19", "02-16", "05-25", "06-19",
                                                  "07-03", "09-07", "10-12", "11-11", "11-26",
                                                  "12-25"});
    CHECK(dates(2027) == std::vector<std::string>{"01-01", "01-18", "02-15", "05-31", "06-18",
                                                  "07-05", "09-06", "10-11", "11-11", "11-25",
                                                  "12-24", "12-31"});
}

TEST_CASE("two business days after discharge follow the golden table", "[county]") {
    struct Golden {
        const char* discharge;
        const char* due;
    };
    const Golden golden =
        GENERATE(Golden{"2026-07-02", "2026-07-07"}, Golden{"2026-07-10", "2026-07-14"},
                 Golden{"2026-11-25", "2026-11-30"}, Golden{"2026-12-24", "2026-12-29"},
                 Golden{"2027-12-30", "2028-01-04"});
    const auto world = county::World::create(options(10, 1, 1, golden.discharge));
    REQUIRE(world);
    CHECK(to_iso(world->business_day_after(*parse_iso_date(golden.discharge), 2)) == golden.due);
}

TEST_CASE("cells and strings that need it are quoted and escaped", "[county]") {
    CHECK(county::csv_line({"a", "b,c", "say \"no\"", ""}) == "a,\"b,c\",\"say \"\"no\"\"\",\r\n");
    CHECK(county::JsonLine().text("a", "x\"\\\n").number("n", 3).str() ==
          "{\"a\":\"x\\\"\\\\\\u000a\",\"n\":3}");
    CHECK(county::clock_text_12(0) == "12:00 am");
    CHECK(county::clock_text_12(12 * 60 + 5) == "12:05 pm");
    CHECK(county::clock_text_12(14 * 60 + 30) == "2:30 pm");
}
