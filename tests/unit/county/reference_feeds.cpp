// How the reference hub reads a day's files.
#include "tests/support/catch.hpp"
#include "tests/unit/county/reference_hub.hpp"
#include "tests/unit/county/reference_text.hpp"

namespace carehub::county_test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

}  // namespace

UtcTime ReferenceHub::local_time(Date date, int hour, int minute) const {
    return to_utc(zone_, LocalTime{date.time_since_epoch()} + hours{hour} + minutes{minute}).time;
}

UtcTime ReferenceHub::hl7_time(const std::string& text) const {
    const UtcTime wall =
        UtcTime{compact_date(text)} + hours{number(text, 8, 2)} + minutes{number(text, 10, 2)};
    const std::size_t sign = text.find_first_of("+-");
    if (sign == std::string::npos) {
        return to_utc(zone_, LocalTime{wall.time_since_epoch()}).time;
    }
    const auto offset = hours{number(text, sign + 1, 2)} + minutes{number(text, sign + 3, 2)};
    return text[sign] == '-' ? wall + offset : wall - offset;
}

void ReferenceHub::feed(unsigned day) {
    const fs::path folder = county_.day(day);
    feed_clinic(folder / "clinic");
    feed_calendar(folder / "court" / "calendar.ics");
    feed_hearings(folder / "court" / "hearings.csv");
    feed_docket(folder / "municipal" / "docket.json");
    feed_check_ins(folder / "supervision" / "checkins.csv");
    feed_tests(folder / "supervision" / "tests.json");
    feed_roster(folder / "jail" / "roster.csv");
    feed_staff(folder / "staff.jsonl");
}

void ReferenceHub::feed_clinic(const fs::path& folder) {
    for (const Hl7Message& message : read_hl7(folder)) {
        // Nothing may be sent from the future.
        REQUIRE(hl7_time(field(message, "MSH", 7)) < now_);
        if (!heard_.insert(message).second) {
            continue;
        }
        const std::string name = client_in(field(message, "PID", 3));
        if (field(message, "MSH", 9).rfind("SIU", 0) == 0) {
            feed_appointment(message, clients_[name]);
        } else {
            feed_visit(message, clients_[name]);
        }
        look_at(name);
    }
}

void ReferenceHub::feed_appointment(const Hl7Message& message, SeenClient& client) {
    const std::string trigger = split(field(message, "MSH", 9), '^')[1];
    const std::string id = split(field(message, "SCH", 2), '^')[0];
    SeenObligation seen;
    seen.clinic = true;
    seen.place = split(field(message, "AIL", 3), '^')[0];
    const std::vector<std::string> timing = split(field(message, "SCH", 11), '^');
    const bool modern = !field(message, "TQ1", 7).empty();
    seen.start = hl7_time(modern ? field(message, "TQ1", 7) : timing.at(3));
    seen.end = hl7_time(modern ? field(message, "TQ1", 8) : timing.at(4));
    const std::string status = field(message, "SCH", 25);
    const bool no_show =
        trigger == "S26" || (trigger == "S15" && field(message, "SCH", 6) == "NOSHOW");
    seen.status = no_show                                ? "Missed"
                  : trigger == "S15" || trigger == "S17" ? "Cancelled"
                  : status == "Complete"                 ? "Completed"
                                                         : "Scheduled";
    const bool over = seen.status == "Completed" || seen.status == "Missed";
    REQUIRE((!over || seen.end <= now_));
    client.obligations[id] = seen;
}

void ReferenceHub::feed_visit(const Hl7Message& message, SeenClient& client) {
    const std::string trigger = split(field(message, "MSH", 9), '^')[1];
    const std::string id = field(message, "PV1", 19);
    if (field(message, "PV1", 2) == "N") {
        return;
    }
    SeenStay& stay = client.stays[id];
    stay.patient_class = field(message, "PV1", 2).at(0);
    stay.place = split(field(message, "PV1", 3), '^')[0];
    stay.start = hl7_time(field(message, "PV1", 44));
    REQUIRE(stay.start < now_);
    stay.cancelled = stay.cancelled || trigger == "A11";
    if (trigger == "A13") {
        stay.end.reset();
        stay.disposition.clear();
    } else if (const std::string end = field(message, "PV1", 45); !end.empty()) {
        stay.end = hl7_time(end);
        stay.disposition = field(message, "PV1", 36);
        REQUIRE(*stay.end < now_);
    }
}

void ReferenceHub::feed_staff(const fs::path& file) {
    for (const std::string& line : lines_of(read_file(file))) {
        const auto at = parse_iso_time(json_value(line, "occurred_at"));
        REQUIRE(at);
        REQUIRE(*at < now_);
        std::string digits = json_value(line, "value").substr(2);
        digits.insert(0, 7 - digits.size(), '0');
        if (json_value(line, "kind") == "ContactMade") {
            clients_.at(digits).contacts.push_back(*at);
            look_at(digits);
        }
    }
}

}  // namespace carehub::county_test
