#include "tests/support/scenario.hpp"

#include <algorithm>
#include <fstream>
#include <vector>

#include "hub/rules/registry.hpp"
#include "tests/support/catch.hpp"

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> all_scenarios() {
    std::vector<fs::path> files;
    for (const char* folder : {"hub/rules", "tests/scenario"}) {
        for (const auto& item :
             fs::recursive_directory_iterator(fs::path(CAREHUB_SOURCE_DIR) / folder)) {
            if (item.path().extension() == ".scenario") {
                files.push_back(item.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

TEST_CASE("every scenario ends as its story tells", "[scenario]") {
    const auto files = all_scenarios();
    REQUIRE(files.size() >= 9);
    for (const fs::path& file : files) {
        INFO(file.filename().string());
        CHECK(carehub::test::run_scenario(file) == "");
    }
}

TEST_CASE("every rule's folder holds its scenario", "[scenario]") {
    for (const auto& item : fs::directory_iterator(fs::path(CAREHUB_SOURCE_DIR) / "hub/rules")) {
        if (fs::exists(item.path() / "rule.cpp")) {
            INFO(item.path().filename().string());
            CHECK(fs::exists(item.path() / (item.path().filename().string() + ".scenario")));
        }
    }
}

TEST_CASE("a rule's words name only what the alert can fill in", "[scenario]") {
    // As hub/core/rule.hpp lists them.
    static constexpr std::string_view kNames[] = {"1",    "2",     "all",     "minutes", "due",
                                                  "held", "left",  "planned", "ended",   "teller",
                                                  "day",  "until", "feed",    "staff",   "count"};
    for (const auto& rule : carehub::rules::all_rules()) {
        INFO(rule->info().name);
        for (const std::string_view words : {rule->info().situation, rule->info().soft_situation}) {
            for (std::size_t open = words.find('{'); open != std::string_view::npos;
                 open = words.find('{', open + 1)) {
                const std::size_t close = words.find('}', open);
                REQUIRE(close != std::string_view::npos);
                const std::string_view name = words.substr(open + 1, close - open - 1);
                CHECK(std::ranges::find(kNames, name) != std::end(kNames));
            }
        }
    }
}

TEST_CASE("a story that expects what is not so is told apart", "[scenario]") {
    const fs::path file = fs::temp_directory_path() / "carehub_false_story.scenario";
    {
        std::ofstream out(file);
        out << "now 2026-07-06 08:00\nclient Maria\nexpect ScheduleConflict Maria\n";
    }
    CHECK(carehub::test::run_scenario(file) == "line 3: no ScheduleConflict was raised");
    fs::remove(file);
}
