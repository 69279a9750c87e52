#include <boost/json.hpp>

#include "adapters/kit/json/json_event.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

Notice event_notice() {
    Notice notice;
    notice.number = 12;
    notice.kind = EventKind::AppointmentBooked;
    notice.discloser = "north-clinic";
    notice.form = Form::Reduced;
    notice.event.kind = EventKind::AppointmentBooked;
    ObligationClaim claim;
    claim.status = ObligationStatus::Scheduled;
    notice.event.payload = claim;
    return notice;
}

AlertNotice alert() {
    AlertNotice alert;
    alert.alert_id = "a-12-0";
    alert.rule = "ScheduleConflict";
    alert.severity = Severity::High;
    alert.state = AlertState::Raised;
    alert.owner = "cm-1";
    alert.count = 2;
    alert.text = "two obligations collide";
    alert.obligations = {"north|1", "court|2"};
    alert.suggestions = {{"Reschedule", "north|1", UtcTime{std::chrono::hours{1}}, "Provider", true,
                          "it moves easily"}};
    alert.evidence = {4, 9};
    return alert;
}

}  // namespace

TEST_CASE("a notice of an event has the keys scripts rely on", "[carehub]") {
    EventPrinter printer;
    const auto line = printer.notice_json(event_notice());
    CHECK(line.at("sequence") == 12);
    CHECK(line.at("kind") == "AppointmentBooked");
    CHECK(line.at("event_id") == "");
    CHECK(line.at("client") == "");
    CHECK(line.at("disclosed") == "reduced");
    CHECK(line.at("body").at("payload").at("status") == "Scheduled");
    CHECK_FALSE(line.contains("required_statement"));
}

TEST_CASE("the form of a disclosure is spelled in lower case", "[carehub]") {
    EventPrinter printer;
    Notice notice = event_notice();
    notice.form = Form::BusyOnly;
    CHECK(printer.notice_json(notice).at("disclosed") == "busy_only");
    notice.form = Form::Full;
    CHECK(printer.notice_json(notice).at("disclosed") == "full");
}

TEST_CASE("a statement that has to go with an event is printed", "[carehub]") {
    EventPrinter printer;
    Notice notice = event_notice();
    notice.required_statement = "42 CFR part 2 prohibits unauthorized use or disclosure.";
    CHECK(printer.notice_json(notice).at("required_statement").as_string() ==
          notice.required_statement);
}

TEST_CASE("the body of an alert's notice is an alert as `alerts --json` prints it", "[carehub]") {
    EventPrinter printer;
    Notice notice;
    notice.number = 3;
    notice.kind = EventKind::AlertRaised;
    notice.client = "C-0001";
    notice.form = Form::Full;
    notice.alert = alert();
    const auto line = printer.notice_json(notice);
    const auto& body = line.at("body").as_object();
    std::vector<std::string> keys;
    for (const auto& item : body) {
        keys.emplace_back(item.key());
    }
    CHECK(keys == std::vector<std::string>{"alert_id", "rule", "severity", "state", "client",
                                           "owner", "raised_at", "act_by", "count", "text",
                                           "obligations", "suggestions", "evidence"});
    CHECK(body.at("client") == "C-0001");
    CHECK(body.at("severity") == "High");
    CHECK(body.at("suggestions").as_array().at(0).at("needs_consent").as_bool());
    CHECK(body.at("suggestions").as_array().at(0).at("by") == "1970-01-01T01:00:00Z");
    CHECK(body.at("evidence").as_array().at(1) == 9);
}
