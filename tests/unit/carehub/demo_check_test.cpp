// The checker of the demonstration must be able to say no: one right run, and each fault planted
// into it by hand.
#include "tools/carehub/demo_check.hpp"

#include <algorithm>

#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::tool;
using namespace carehub::tool::demo;

namespace {

constexpr const char* kOwner = "cm-01";
constexpr const char* kAgency = "supervision";

Days days() {
    DemoOptions options;
    options.start = *parse_iso_date("2026-03-02");
    auto made = Days::create(options);
    REQUIRE(made);
    return std::move(*made);
}

UtcTime at(const char* time) {
    const auto parsed = parse_iso_time(time);
    REQUIRE(parsed);
    return *parsed;
}

/// A county of four: a conflict, a trap, something withheld, something told under a consent.
struct Run {
    Truth truth;
    People people;
    Observed observed;

    AlertSeen& alert() { return observed.alerts.front(); }
    std::vector<NoticeSeen>& of(const char* recipient) { return observed.notices[recipient]; }
    [[nodiscard]] Verdict verdict() const { return check(truth, people, observed, days()); }
};

AlertSeen conflict() {
    AlertSeen alert;
    alert.id = "a-1-0";
    alert.rule = "ScheduleConflict";
    alert.client = "C-1";
    alert.owner = kOwner;
    alert.state = "Raised";
    alert.raised_at = at("2026-03-04T06:00:00-05:00");  // day 3
    alert.keys = {"clinic|APT-1", "court|HRG-1"};
    return alert;
}

Run right_run() {
    Run run;
    run.truth.alerts = {{"ScheduleConflict", "C-1", {"APT-1", "HRG-1"}, 3, "open", "they overlap"}};
    run.truth.judges = {"ScheduleConflict", "TightTravel"};
    run.truth.traps = {{"ScheduleConflict", "C-2", "they touch"}};
    run.truth.withheld = {{"C-3", "clinic", "owner", {"APT-3"}, "no consent"},
                          {"C-3", "clinic", kAgency, {"APT-3"}, "no consent"}};
    run.truth.delivered = {{"C-4", "clinic", kAgency, {"APT-4"}, "a consent"}};
    for (const char* client : {"C-1", "C-2", "C-3", "C-4"}) {
        run.people.owner_of[client] = kOwner;
        run.people.identifiers_of[client] = {std::string("MRN-") + client};
    }
    run.observed.alerts = {conflict()};
    run.of(kOwner) = {{"C-1", "", "ScheduleConflict", {}, {"clinic|APT-1", "court|HRG-1"}}};
    run.of(kAgency) = {{"", "clinic", "", {"MRN-C-4"}, {}}};
    return run;
}

/// The run has this one difference; each word stands in its sentence.
void check_only_difference(const Verdict& verdict, const std::vector<std::string>& words) {
    REQUIRE(verdict.differences.size() == 1);
    for (const std::string& word : words) {
        CAPTURE(verdict.differences.front(), word);
        CHECK(verdict.differences.front().find(word) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("a run that came to what was planted has no difference", "[demo]") {
    const Verdict verdict = right_run().verdict();
    CHECK(verdict.differences.empty());
    const RuleCount totals = verdict.totals();
    CHECK(totals.planted == 1);
    CHECK(totals.alerted == 1);
    CHECK(totals.missing + totals.late + totals.unexpected == 0);
    CHECK(verdict.traps == 1);
    CHECK(verdict.withheld == 2);
    CHECK(verdict.withheld_delivered == 0);
    CHECK(verdict.delivered == 1);
    CHECK(verdict.not_delivered == 0);
}

TEST_CASE("a planted situation without its alert is missing", "[demo]") {
    Run run = right_run();
    SECTION("no alert at all") { run.observed.alerts.clear(); }
    SECTION("an alert that was suppressed is told to nobody") { run.alert().state = "Suppressed"; }
    const Verdict verdict = run.verdict();
    check_only_difference(verdict, {"ScheduleConflict of C-1", "no such alert", "APT-1"});
    CHECK(verdict.totals().missing == 1);
    CHECK(verdict.totals().alerted == 0);
}

TEST_CASE("an alert about something else is missing once and unexpected once", "[demo]") {
    Run run = right_run();
    SECTION("another rule") { run.alert().rule = "TightTravel"; }
    SECTION("another client") { run.alert().client = "C-2"; }
    SECTION("another appointment") { run.alert().keys = {"clinic|APT-9", "court|HRG-1"}; }
    const Verdict verdict = run.verdict();
    CHECK(verdict.differences.size() == 2);
    CHECK(verdict.totals().missing == 1);
    CHECK(verdict.totals().unexpected == 1);
}

TEST_CASE("one alert answers for one planted situation", "[demo]") {
    Run run = right_run();
    run.truth.alerts.push_back(run.truth.alerts.front());
    CHECK(run.verdict().totals().missing == 1);
}

TEST_CASE("an alert nobody planted is unexpected", "[demo]") {
    Run run = right_run();
    run.observed.alerts.push_back(conflict());
    SECTION("the same one twice") {
        check_only_difference(run.verdict(), {"ScheduleConflict of C-1", "nobody planted it"});
    }
    SECTION("on a trap, which is named") {
        run.observed.alerts.back().client = "C-2";
        check_only_difference(run.verdict(), {"C-2", "a trap: they touch"});
    }
    SECTION("on what must be withheld, while it is open") {
        run.observed.alerts.back().client = "C-3";
        run.observed.alerts.back().keys = {"clinic|APT-3"};
        check_only_difference(run.verdict(), {"C-3", "nobody planted it"});
    }
    CHECK(run.verdict().totals().unexpected == 1);
}

TEST_CASE("alerts of rules that the truth does not judge are counted, and are no difference",
          "[demo]") {
    Run run = right_run();
    for (const char* client : {"C-1", "C-2"}) {  // of a trap's client too
        run.observed.alerts.push_back(conflict());
        run.observed.alerts.back().client = client;
        run.observed.alerts.back().rule = "HousingLost";
    }
    const Verdict verdict = run.verdict();
    CHECK(verdict.differences.empty());
    CHECK(verdict.totals().unexpected == 0);
    CHECK(verdict.not_judged == std::map<std::string, std::uint64_t>{{"HousingLost", 2}});
    CHECK(verdict.alerts_not_judged() == 2);
}

TEST_CASE("a suppressed alert is not unexpected", "[demo]") {
    Run run = right_run();
    run.observed.alerts.push_back(conflict());
    run.observed.alerts.back().client = "C-3";
    run.observed.alerts.back().state = "Suppressed";
    CHECK(run.verdict().differences.empty());
}

TEST_CASE("a delivery that was to be withheld is found", "[demo]") {
    Run run = right_run();
    SECTION("to the owner, as an event") {
        run.of(kOwner).push_back({"C-3", "", "", {}, {"APT-3"}});
    }
    SECTION("to the owner, as an alert's key") {
        run.of(kOwner).push_back({"C-3", "", "TightTravel", {}, {"clinic|APT-3", "court|HRG-3"}});
    }
    SECTION("to a partner, by its key") {
        run.of(kAgency).push_back({"", "clinic", "", {}, {"clinic|APT-3"}});
    }
    SECTION("to a partner, reduced to the client's number") {
        run.of(kAgency).push_back({"", "clinic", "", {"MRN-C-3"}, {}});
    }
    const Verdict verdict = run.verdict();
    check_only_difference(verdict, {"C-3", "delivered, but no consent"});
    CHECK(verdict.withheld_delivered == 1);
}

TEST_CASE("another partner's news of a client is not the clinic's", "[demo]") {
    Run run = right_run();
    run.of(kAgency).push_back({"", "court", "", {"MRN-C-3"}, {}});
    CHECK(run.verdict().differences.empty());
}

TEST_CASE("what a consent allows has to arrive", "[demo]") {
    Run run = right_run();
    run.of(kAgency).clear();
    const Verdict verdict = run.verdict();
    check_only_difference(verdict, {"C-4 to supervision", "not delivered"});
    CHECK(verdict.not_delivered == 1);
}

TEST_CASE("an event has to be known as often as planted, to its owner by its ids", "[demo]") {
    Run run = right_run();
    run.truth.events = {{"WarrantIssued", "C-1", "court", {"WRT-1", "WRT-2"}, 2, "two warrants"},
                        {"CustodyStarted", "C-1", "jail", {}, 0, "a namesake"}};
    run.observed.events["C-1"] = {
        {"WarrantIssued", "court"}, {"WarrantIssued", "court"}, {"HearingHeld", "court"}};
    for (const char* key : {"court|WRT-1", "court|WRT-2"}) {
        run.of(kOwner).push_back({"C-1", "court", "", {}, {key}, "WarrantIssued"});
    }
    REQUIRE(run.verdict().differences.empty());
    CHECK(run.verdict().events == 2);
    SECTION("known once too rarely") {
        run.observed.events["C-1"].erase(run.observed.events["C-1"].begin());
        check_only_difference(run.verdict(), {"WarrantIssued of C-1", "known 1 times, expected 2"});
    }
    SECTION("known once too often") {
        run.observed.events["C-1"].push_back({"WarrantIssued", "court"});
        check_only_difference(run.verdict(), {"known 3 times, expected 2"});
    }
    SECTION("told by somebody else") {
        run.observed.events["C-1"].front().partner = "jail";
        check_only_difference(run.verdict(), {"WarrantIssued of C-1 by court", "known 1 times"});
    }
    SECTION("of another client") {
        std::swap(run.observed.events["C-1"], run.observed.events["C-2"]);
        check_only_difference(run.verdict(), {"known 0 times, expected 2"});
    }
    SECTION("what must not be known") {
        run.observed.events["C-1"].push_back({"CustodyStarted", "jail"});
        check_only_difference(run.verdict(),
                              {"CustodyStarted of C-1", "known 1 times, expected 0"});
    }
    SECTION("under another id") {
        run.of(kOwner).back().keys = {"court|WRT-3"};
        check_only_difference(run.verdict(), {"its owner does not have each of them", "WRT-2"});
    }
    SECTION("the id of another kind of event") {
        run.of(kOwner).back().kind = "WarrantCleared";
        check_only_difference(run.verdict(), {"its owner does not have each of them"});
    }
    CHECK(run.verdict().events_wrong == 1);
}

TEST_CASE("an alert about a stay in custody names what it covers, not the booking", "[demo]") {
    Run run = right_run();
    run.truth.alerts.front().ids = {"BKG-1", "APT-1"};
    CHECK(run.verdict().differences.empty());
}

TEST_CASE("an alert in another state than planted is a difference", "[demo]") {
    Run run = right_run();
    run.alert().state = "ClearedUnseen";
    check_only_difference(run.verdict(), {"ClearedUnseen at the end, expected open"});
    run.truth.alerts.front().expect = "any";
    CHECK(run.verdict().differences.empty());
}

TEST_CASE("an open alert whose owner has no notice is a difference", "[demo]") {
    Run run = right_run();
    run.of(kOwner).clear();
    check_only_difference(run.verdict(), {"its notice is not with cm-01"});
}

TEST_CASE("an alert raised after its day is late", "[demo]") {
    Run run = right_run();
    SECTION("the next morning") { run.alert().raised_at = at("2026-03-05T06:00:00-05:00"); }
    SECTION("the midnight that ends the day") {
        run.alert().raised_at = at("2026-03-05T00:00:00-05:00");
    }
    SECTION("at no known time") { run.alert().raised_at = kUnknownTime; }
    const Verdict verdict = run.verdict();
    check_only_difference(verdict, {"ScheduleConflict of C-1", "raised", "due on 2026-03-04"});
    CHECK(verdict.totals().late == 1);
    CHECK(verdict.totals().alerted == 1);
}

TEST_CASE("an alert raised within its day or before is in time", "[demo]") {
    Run run = right_run();
    SECTION("the midnight that begins the day") {
        run.alert().raised_at = at("2026-03-04T00:00:00-05:00");
    }
    SECTION("its last minute, when UTC has the next day") {
        run.alert().raised_at = at("2026-03-04T23:59:00-05:00");
    }
    SECTION("the day before") { run.alert().raised_at = at("2026-03-03T06:00:00-05:00"); }
    const Verdict verdict = run.verdict();
    CHECK(verdict.differences.empty());
    CHECK(verdict.totals().late == 0);
}

TEST_CASE(
    "of two alerts about one thing each answers for its own day, in whatever order they are read",
    "[demo]") {
    Run run = right_run();
    run.truth.judges.insert("HousingMeetingDue");
    run.truth.alerts.push_back(
        {"HousingMeetingDue", "C-1", {"EN-1|2026-03"}, 2, "cleared", "March"});
    run.truth.alerts.push_back(
        {"HousingMeetingDue", "C-1", {"EN-1|2026-04"}, 4, "cleared", "April"});
    for (const char* raised : {"2026-03-05T00:00:00-05:00", "2026-03-03T00:00:00-05:00"}) {
        AlertSeen alert = conflict();
        alert.rule = "HousingMeetingDue";
        alert.state = "ClearedUnseen";
        alert.raised_at = at(raised);
        alert.keys = {};
        run.observed.alerts.push_back(alert);
    }
    CHECK(run.verdict().differences.empty());
    run.observed.alerts[2].raised_at = at("2026-03-04T00:00:00-05:00");
    check_only_difference(run.verdict(), {"HousingMeetingDue", "2026-03-04", "March"});
}

TEST_CASE("what is the office's business has no client's owner to be told", "[demo]") {
    Run run = right_run();
    run.truth.judges.insert("CaseloadExceeded");
    run.truth.alerts.push_back({"CaseloadExceeded", "", {}, 1, "open", "too many"});
    check_only_difference(run.verdict(), {"CaseloadExceeded", "no such alert"});
    AlertSeen alert = conflict();
    alert.rule = "CaseloadExceeded";
    alert.client = "";
    alert.raised_at = at("2026-03-02T06:00:00-05:00");
    run.observed.alerts.push_back(alert);
    CHECK(run.verdict().differences.empty());
}
