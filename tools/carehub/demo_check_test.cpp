#include "tools/carehub/demo_check.hpp"

#include "tests/support/catch.hpp"

namespace carehub::tool::demo {
namespace {

Truth one_conflict(const std::string& expect) {
    Truth truth;
    truth.alerts.push_back({"ScheduleConflict", "C-00001", {"APT-1", "CHK-1"}, 1, expect, "they overlap"});
    return truth;
}

People one_client() {
    People people;
    people.owner_of["C-00001"] = "cm-01";
    people.identifiers_of["C-00001"] = {"SUP-1"};
    return people;
}

AlertSeen conflict(const std::string& state) {
    return {"a-1-0", "ScheduleConflict", "C-00001", "cm-01", state, false, {"clinic|A|APT-1|0", "supervision|CHK-1"}};
}

NoticeSeen conflict_notice() {
    return {"C-00001", "clinic", "ScheduleConflict", {}, conflict("Raised").keys};
}

Observed told(std::vector<AlertSeen> alerts, std::vector<NoticeSeen> to_owner) {
    Observed observed;
    observed.alerts = std::move(alerts);
    observed.notices["cm-01"] = std::move(to_owner);
    return observed;
}

}  // namespace

TEST_CASE("a planted conflict that is alerted once and told to the owner is no difference", "[carehub][demo]") {
    const Verdict verdict = check(one_conflict("open"), one_client(), told({conflict("Raised")}, {conflict_notice()}));
    CHECK(verdict.differences.empty());
    CHECK(verdict.by_rule.at("ScheduleConflict").alerted == 1);
}

TEST_CASE("a planted conflict without an alert is missing", "[carehub][demo]") {
    const Verdict verdict = check(one_conflict("open"), one_client(), told({}, {}));
    CHECK(verdict.differences.size() == 1);
    CHECK(verdict.by_rule.at("ScheduleConflict").missing == 1);
}

TEST_CASE("a suppressed alert does not count as alerted, nor as unexpected", "[carehub][demo]") {
    const Verdict verdict = check(one_conflict("open"), one_client(), told({conflict("Suppressed")}, {}));
    CHECK(verdict.by_rule.at("ScheduleConflict").missing == 1);
    CHECK(verdict.by_rule.at("ScheduleConflict").unexpected == 0);
}

TEST_CASE("a second alert about one planted situation is unexpected", "[carehub][demo]") {
    const Verdict verdict = check(one_conflict("open"), one_client(),
                                  told({conflict("Raised"), conflict("Raised")}, {conflict_notice()}));
    CHECK(verdict.by_rule.at("ScheduleConflict").unexpected == 1);
    CHECK(verdict.differences.size() == 1);
}

TEST_CASE("an alert that is about something else is not the planted one", "[carehub][demo]") {
    AlertSeen other = conflict("Raised");
    other.keys = {"clinic|A|APT-2|0", "supervision|CHK-1"};
    const Verdict verdict = check(one_conflict("any"), one_client(), told({other}, {}));
    CHECK(verdict.by_rule.at("ScheduleConflict").missing == 1);
    CHECK(verdict.by_rule.at("ScheduleConflict").unexpected == 1);
}

TEST_CASE("an alert in another state than expected is a difference", "[carehub][demo]") {
    const Observed open = told({conflict("Raised")}, {conflict_notice()});
    CHECK(check(one_conflict("cleared"), one_client(), open).differences.size() == 1);
    const Observed cleared = told({conflict("ClearedUnseen")}, {conflict_notice()});
    CHECK(check(one_conflict("cleared"), one_client(), cleared).differences.empty());
    CHECK(check(one_conflict("open"), one_client(), cleared).differences.size() == 1);
}

TEST_CASE("an open alert whose notice is not with the owner is a difference", "[carehub][demo]") {
    const Verdict verdict = check(one_conflict("open"), one_client(), told({conflict("Raised")}, {}));
    CHECK(verdict.differences.size() == 1);
}

TEST_CASE("a withheld event that reached its owner is a difference", "[carehub][demo]") {
    Truth truth;
    truth.withheld.push_back({"C-00001", "clinic", "owner", {"APT-1"}, "no consent"});
    CHECK(check(truth, one_client(), told({}, {{"C-00001", "clinic", "", {}, {"clinic|A|APT-1|0"}}})).differences.size() == 1);
    CHECK(check(truth, one_client(), told({}, {{"C-00001", "clinic", "", {}, {"clinic|A|APT-7|0"}}})).differences.empty());
}

TEST_CASE("a reduced notice without key is known by its client and discloser", "[carehub][demo]") {
    Truth truth;
    truth.withheld.push_back({"C-00001", "clinic", "supervision", {"APT-1"}, "no consent"});
    Observed observed;
    observed.notices["supervision"] = {{"", "clinic", "", {"SUP-1"}, {}}};
    CHECK(check(truth, one_client(), observed).differences.size() == 1);
    observed.notices["supervision"] = {{"", "court", "", {"SUP-1"}, {}}};
    CHECK(check(truth, one_client(), observed).differences.empty());
}

TEST_CASE("what a consent allows must have been delivered", "[carehub][demo]") {
    Truth truth;
    truth.delivered.push_back({"C-00001", "clinic", "supervision", {"APT-1"}, "a referral consent"});
    Observed observed;
    CHECK(check(truth, one_client(), observed).differences.size() == 1);
    observed.notices["supervision"] = {{"", "clinic", "", {"SUP-1"}, {}}};
    CHECK(check(truth, one_client(), observed).differences.empty());
}

}  // namespace carehub::tool::demo
