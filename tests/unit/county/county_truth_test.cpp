// The truth beside the feeds against an independent recount from the files as written.
#include <algorithm>

#include "tests/support/catch.hpp"
#include "tests/unit/county/reference_hub.hpp"

using namespace carehub;
using namespace carehub::county_test;

namespace {

/// Of these the reference hub recounts every alert.
const std::set<std::string> kRecounted = {
    "CheckInMissed",       "ClientUnavailable",  "DischargeContactDue",
    "DischargeVisitDue14", "DischargeVisitDue7", "FailureToAppear",
    "MissedVisit",         "ScheduleConflict",   "TightTravel"};

struct Truth {
    std::map<Raised, std::string> alerts;  ///< told by stories, with the state at the end
    std::map<std::string, int> foreseen;   ///< what else must come of the plans, by rule
    std::map<Raised, unsigned> days;
    std::set<std::string> withheld_from_owner;
    std::set<std::string> trapped;
    std::size_t traps = 0;
    std::size_t withheld = 0;
    std::string summary;
};

std::string digits_of(const std::string& client) {
    std::string digits = client.substr(2);
    return digits.insert(0, 7 - digits.size(), '0');
}

Truth read_truth(const TemporaryCounty& county) {
    Truth truth;
    for (const std::string& line : lines_of(read_file(county.folder() / "truth.jsonl"))) {
        const std::string type = json_value(line, "type");
        const std::vector<std::string> ids = json_list(line, "ids");
        if (type == "alert") {
            if (json_value(line, "by") == "plan") {
                ++truth.foreseen[json_value(line, "rule")];
                continue;
            }
            const Raised alert{digits_of(json_value(line, "client")),
                               json_value(line, "rule"),
                               {ids.begin(), ids.end()}};
            CHECK(truth.alerts.emplace(alert, json_value(line, "expect")).second);
            truth.days[alert] = static_cast<unsigned>(std::stoi(json_value(line, "day")));
        } else if (type == "trap") {
            ++truth.traps;
            truth.trapped.insert(digits_of(json_value(line, "client")));
        } else if (type == "withheld") {
            ++truth.withheld;
            if (json_value(line, "recipient") == "owner") {
                truth.withheld_from_owner.insert(ids.begin(), ids.end());
            }
        } else if (type == "summary") {
            truth.summary = line;
        }
    }
    return truth;
}

bool is_withheld(const Truth& truth, const Raised& alert) {
    for (const std::string& id : alert.ids) {
        if (truth.withheld_from_owner.contains(id)) {
            return true;
        }
    }
    return false;
}

void check_truth(const county::CountyOptions& options) {
    const TemporaryCounty county(options);
    const Truth truth = read_truth(county);
    ReferenceHub hub(county);
    hub.run();
    for (const auto& [alert, day] : hub.raised()) {
        INFO(alert.rule << " of " << alert.client << " about " << *alert.ids.begin());
        const auto expected = truth.alerts.find(alert);
        CHECK((expected != truth.alerts.end()) != is_withheld(truth, alert));
        if (expected != truth.alerts.end()) {
            CHECK(truth.days.at(alert) == day);
            CHECK((expected->second == "any" ||
                   expected->second == (hub.standing().contains(alert) ? "open" : "cleared")));
        }
        CHECK((!is_withheld(truth, alert) || hub.sensitive(alert)));
        CHECK(!truth.trapped.contains(alert.client));
    }
    for (const auto& [alert, expect] : truth.alerts) {
        INFO(alert.rule << " of " << alert.client);
        CHECK((!kRecounted.contains(alert.rule) || hub.raised().contains(alert)));
    }
    CHECK(hub.obligations() > options.clients / 2);
    std::size_t alerts = truth.alerts.size();
    for (const auto& [rule, count] : truth.foreseen) {
        CHECK_FALSE(kRecounted.contains(rule));
        alerts += static_cast<std::size_t>(count);
    }
    CHECK(json_value(truth.summary, "alerts") == std::to_string(alerts));
    CHECK(json_value(truth.summary, "traps") == std::to_string(truth.traps));
    CHECK(json_value(truth.summary, "withheld") == std::to_string(truth.withheld));
}

}  // namespace

TEST_CASE("what the feeds say causes exactly the alerts of the truth", "[county]") {
    const char* const start =
        GENERATE("2026-07-06", "2026-10-19", "2026-03-01", "2026-12-20", "2027-06-30");
    const std::uint64_t seed = GENERATE(1U, 77U);
    INFO(start << " seed " << seed);
    check_truth(options(100, 14, seed, start));
}

TEST_CASE("a county of any length keeps to its truth", "[county]") {
    const unsigned days = GENERATE(1U, 2U, 3U, 5U, 9U, 30U);
    INFO(days << " days");
    check_truth(options(100, days, 5, "2026-07-06"));
}

TEST_CASE("in two hundred clients nearly every rule that is judged has an alert", "[county]") {
    // What a county of one clinic, with all clients assigned and all feeds in order, cannot raise.
    const std::set<std::string> never = {"EdFollowUpSud", "IdentityConflict", "PossibleDuplicate",
                                         "UnassignedClient", "VictimFeedReceived"};
    const TemporaryCounty county(options(200, 45, 1, "2026-07-06"));
    const Truth truth = read_truth(county);
    std::map<std::string, int> by_rule = truth.foreseen;
    for (const auto& [alert, expect] : truth.alerts) {
        ++by_rule[alert.rule];
    }
    const std::vector<std::string> judges = json_list(truth.summary, "judges");
    CHECK(judges.size() == 44);
    CHECK(std::ranges::is_sorted(judges));
    for (const std::string& rule : judges) {
        INFO(rule);
        CHECK((by_rule.contains(rule) != never.contains(rule)));
    }
    for (const auto& [rule, count] : by_rule) {
        INFO(rule);
        CHECK(std::ranges::count(judges, rule) == 1);
    }
}

TEST_CASE("the smallest county still holds a conflict", "[county]") {
    const std::uint64_t seed = GENERATE(1U, 2U, 3U, 4U);
    const TemporaryCounty county(options(10, 3, seed, "2026-07-06"));
    int conflicts = 0;
    for (const auto& [alert, expect] : read_truth(county).alerts) {
        conflicts += alert.rule == "ScheduleConflict" ? 1 : 0;
    }
    CHECK(conflicts >= 1);
}

TEST_CASE("situations, traps and withheld cases keep their share of the clients", "[county]") {
    const TemporaryCounty county(options(300, 14, 9, "2026-07-06"));
    const Truth truth = read_truth(county);
    std::set<std::string> in_trouble;
    for (const auto& [alert, expect] : truth.alerts) {
        in_trouble.insert(alert.client);
    }
    CHECK(in_trouble.size() >= 96);   // 31 + 1 + 3 of a hundred, less what the days cannot hold
    CHECK(in_trouble.size() <= 106);  // the first client always has one
    CHECK(truth.trapped.size() >= 55);
    CHECK(truth.trapped.size() <= 57);
    CHECK(truth.withheld_from_owner.size() == 12);
}
