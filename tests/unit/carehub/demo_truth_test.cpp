// Reading truth.jsonl: what it judges, and what is no truth.
#include <unistd.h>

#include <fstream>

#include "tests/support/catch.hpp"
#include "tools/carehub/truth.hpp"

using namespace carehub;
using namespace carehub::tool;

namespace {

constexpr const char* kAlert =
    R"({"type":"alert","rule":"TightTravel","client":"C-1","ids":["APT-1"],"day":2,"expect":"open","why":"far"})";
constexpr const char* kTrap =
    R"({"type":"trap","client":"C-2","rule":"MissedVisit","day":1,"why":"kept"})";

/// A truth of these lines in a file of its own.
Result<Truth> read(const std::vector<std::string>& lines) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("carehub-truth-" + std::to_string(::getpid()) + ".jsonl");
    std::ofstream text(file);
    for (const std::string& line : lines) {
        text << line << "\n";
    }
    text.close();
    auto truth = read_truth(file);
    std::filesystem::remove(file);
    return truth;
}

std::string summary(const std::string& judges) {
    return R"({"type":"summary","judges":[)" + judges + "]}";
}

}  // namespace

TEST_CASE("the summary names the rules that a truth judges", "[demo]") {
    const auto truth = read({kAlert, kTrap, summary(R"("TightTravel","MissedVisit")")});
    REQUIRE(truth);
    CHECK(truth->judges == std::set<std::string>{"MissedVisit", "TightTravel"});
    CHECK(truth->alerts.size() == 1);
    CHECK(truth->traps.size() == 1);
}

TEST_CASE("a truth that plants what it does not judge is refused by the rule's name", "[demo]") {
    const auto planted = read({kAlert, kTrap, summary(R"("MissedVisit")")});
    REQUIRE_FALSE(planted);
    CHECK(planted.error().context.find("plants TightTravel") != std::string::npos);
    const auto tempted = read({kAlert, kTrap, summary(R"("TightTravel")")});
    REQUIRE_FALSE(tempted);
    CHECK(tempted.error().context.find("plants MissedVisit") != std::string::npos);
}

TEST_CASE("a truth tells events with how often they must be known", "[demo]") {
    const auto truth = read(
        {R"({"type":"event","kind":"CustodyStarted","client":"C-1","partner":"jail","ids":["BKG-1"],"count":2,"why":"twice"})",
         summary("")});
    REQUIRE(truth);
    REQUIRE(truth->events.size() == 1);
    const PlantedEvents& events = truth->events.front();
    CHECK(events.kind == "CustodyStarted");
    CHECK(events.client == "C-1");
    CHECK(events.partner == "jail");
    CHECK(events.ids == std::vector<std::string>{"BKG-1"});
    CHECK(events.count == 2);
    CHECK(events.why == "twice");
}

TEST_CASE("a line of no known type is no truth", "[demo]") {
    const auto truth = read({kAlert, R"({"type":"rumour"})"});
    REQUIRE_FALSE(truth);
    CHECK(truth.error().context.find("line 2") != std::string::npos);
}
