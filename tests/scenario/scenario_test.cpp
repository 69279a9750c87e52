#include "tests/support/scenario.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
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

/// "DischargeVisitDue14" lives in discharge_visit_due_14.
std::string folder_of(std::string_view rule) {
    std::string folder;
    bool in_number = false;
    for (const char c : rule) {
        const bool digit = c >= '0' && c <= '9';
        const bool begins_word = (c >= 'A' && c <= 'Z') || (digit && !in_number);
        if (begins_word && !folder.empty()) {
            folder += '_';
        }
        folder += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        in_number = digit;
    }
    return folder;
}

/// The comments with which the file opens.
std::string head_of(const fs::path& file) {
    std::ifstream in(file);
    std::string head;
    for (std::string line; std::getline(in, line) && line.starts_with('#');) {
        head += line + '\n';
    }
    return head;
}

}  // namespace

TEST_CASE("every labelled case of every scenario ends as it tells", "[scenario]") {
    // Fewer is no golden set; what was written once is not lost in silence.
    static constexpr std::size_t kGoldenCases = 200;
    carehub::test::ScenarioReport all;
    for (const fs::path& file : all_scenarios()) {
        const carehub::test::ScenarioReport report = carehub::test::run_scenario(file);
        INFO(file.filename().string());
        for (const std::string& problem : report.problems) {
            FAIL_CHECK(problem);
        }
        all.cases += report.cases;
        all.raised.insert(report.raised.begin(), report.raised.end());
        all.ended.insert(report.ended.begin(), report.ended.end());
    }
    std::cout << all.cases << " labelled cases\n";
    CHECK(all.cases >= kGoldenCases);
    for (const auto& rule : carehub::rules::all_rules()) {
        const std::string name(rule->info().name);
        INFO(name);
        CHECK(all.raised.contains(name));
        CHECK(all.ended.contains(name));
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

TEST_CASE("the head of a rule's scenario tells a supervisor what it is", "[scenario]") {
    for (const auto& rule : carehub::rules::all_rules()) {
        INFO(rule->info().name);
        const std::string folder = folder_of(rule->info().name);
        const std::string head =
            head_of(fs::path(CAREHUB_SOURCE_DIR) / "hub/rules" / folder / (folder + ".scenario"));
        for (const char* part : {"What it watches:", "An example:", "What opens it:",
                                 "How it ends:", "What can be set:", "What it does not do:"}) {
            INFO(part);
            CHECK(head.find(part) != std::string::npos);
        }
        for (const auto& setting : rule->info().settings) {
            INFO(setting.name);
            CHECK(head.find(setting.name) != std::string::npos);
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

namespace {

/// A story written for one test.
carehub::test::ScenarioReport told(const std::string& story) {
    const fs::path file = fs::temp_directory_path() / "carehub_told_story.scenario";
    std::ofstream(file) << story;
    const carehub::test::ScenarioReport report = carehub::test::run_scenario(file);
    fs::remove(file);
    return report;
}

using Problems = std::vector<std::string>;

}  // namespace

TEST_CASE("a case that expects what is not so is told apart, and the others go on", "[scenario]") {
    const auto report = told(
        "now 2026-07-06 08:00\n"
        "client Maria\n"
        "case nothing collides\n"
        "expect ScheduleConflict Maria\n"
        "case nothing collides, and nothing is expected to\n"
        "expect no ScheduleConflict Maria\n"
        "case a time that is none\n"
        "now tomorrow\n");
    CHECK(report.cases == 3);
    CHECK(report.problems ==
          Problems{"case nothing collides, line 4: no ScheduleConflict was raised",
                   "case a time that is none, line 8: cannot be read: a story writes times as "
                   "2026-07-09 10:00"});
    CHECK(report.raised.empty());
}

TEST_CASE("what is given before the first case is given to each, and nothing else", "[scenario]") {
    const auto report = told(
        "now 2026-07-06 08:00\n"
        "client Maria\n"
        "case two at once\n"
        "clinic visit v-1 for Maria 2026-07-09 10:00 - 2026-07-09 10:30\n"
        "court hearing h-1 for Maria 2026-07-09 10:00 - 2026-07-09 11:00\n"
        "expect ScheduleConflict Maria Raised High\n"
        "case nothing of the case before is left\n"
        "expect no alert Maria\n"
        "clinic cancelled v-1\n");
    CHECK(report.problems == Problems{"case nothing of the case before is left, line 9: nothing "
                                      "named v-1 was told before"});
    CHECK(report.raised == std::set<std::string>{"ScheduleConflict"});
    CHECK(report.ended.empty());
}

TEST_CASE("a case shows something, under a name of its own", "[scenario]") {
    const std::string begin = "now 2026-07-06 08:00\nclient Maria\n";
    CHECK(told(begin + "case quiet\n").problems == Problems{"case quiet, it expects nothing"});
    CHECK(told(begin).problems == Problems{"it cannot be read, or tells no case"});
    const std::string again = "case one\nexpect no alert Maria\n";
    CHECK(told(begin + again + again).problems.size() == 2);
}

TEST_CASE("a rule that there is not is told, also where nothing is expected of it", "[scenario]") {
    const std::string begin = "now 2026-07-06 08:00\nclient Maria\ncase one\n";
    for (const char* line : {"expect no Missed Maria", "expect 0 Missed Maria",
                             "expect not told ana Missed Maria", "expect Missed Maria"}) {
        INFO(line);
        CHECK(told(begin + line).problems ==
              Problems{"case one, line 4: cannot be read: there is no rule Missed"});
    }
}

TEST_CASE("a hard fact that its source took back counts as ended by nobody", "[scenario]") {
    const std::string warrant =
        "now 2026-07-06 09:00\n"
        "client Maria\n"
        "case a warrant\n"
        "court warrant w-1 for Maria 2026-07-06 08:00\n";
    const auto taken_back =
        told(warrant + "court withdraws w-1\nexpect WarrantIssued Maria ClearedUnseen\n");
    CHECK(taken_back.problems.empty());
    CHECK(taken_back.ended.empty());
    const auto closed =
        told(warrant + "close WarrantIssued Maria\nexpect WarrantIssued Maria Closed\n");
    CHECK(closed.problems.empty());
    CHECK(closed.ended.contains("WarrantIssued"));
}
