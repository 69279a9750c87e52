// How the reference hub reads what courts, the agency and the jail tell.
#include "tests/support/catch.hpp"
#include "tests/unit/county/reference_hub.hpp"
#include "tests/unit/county/reference_text.hpp"

namespace carehub::county_test {

using std::chrono::days;
using std::chrono::minutes;

void ReferenceHub::feed_calendar(const fs::path& file) {
    std::map<std::string, std::string> entry;
    for (const std::string& line : lines_of(read_file(file))) {
        REQUIRE(line.size() <= 75);
        const std::size_t colon = line.find(':');
        REQUIRE(colon != std::string::npos);
        entry[split(line.substr(0, colon), ';')[0]] = line.substr(colon + 1);
        if (line == "BEGIN:VEVENT") {
            entry.clear();
        }
        if (line == "END:VEVENT") {
            feed_entry(entry);
        }
    }
}

void ReferenceHub::feed_entry(const std::map<std::string, std::string>& entry) {
    SeenObligation seen;
    seen.court = true;
    seen.place = "COURTHOUSE";
    seen.transparent = entry.at("TRANSP") == "TRANSPARENT";
    seen.all_day = entry.at("DTSTART").size() == 8;
    const auto time = [&](const std::string& text, int week) {
        const Date date = compact_date(text) + days{7 * week};
        return seen.all_day ? start_of_day(zone_, date)
                            : local_time(date, number(text, 9, 2), number(text, 11, 2));
    };
    const bool held = entry.contains("X-RESULT");
    seen.status = held                                ? "Completed"
                  : entry.at("STATUS") == "CANCELLED" ? "Cancelled"
                                                      : "Scheduled";
    int weeks = 1;
    if (entry.contains("RRULE")) {
        const std::string& rule = entry.at("RRULE");
        REQUIRE(rule.starts_with("FREQ=WEEKLY;COUNT="));
        weeks = std::stoi(rule.substr(rule.rfind('=') + 1));
    }
    for (int week = 0; week < weeks; ++week) {
        seen.start = time(entry.at("DTSTART"), week);
        seen.end = time(entry.at("DTEND"), week);
        REQUIRE((!held || seen.end <= now_));
        const bool left_out = entry.contains("EXDATE") && time(entry.at("EXDATE"), 0) == seen.start;
        const bool of_series = weeks > 1 || entry.contains("RECURRENCE-ID");
        if (!left_out) {
            apply(client_in(entry.at("X-CASE-NUMBER")),
                  entry.at("UID") + (of_series ? "|" + utc_compact(seen.start) : ""), seen);
        }
    }
}

void ReferenceHub::feed_hearings(const fs::path& file) {
    for (const CsvRow& row : read_csv(file)) {
        SeenObligation seen;
        seen.court = true;
        seen.place = "COURTHOUSE";
        const minutes at = clock_12(row.at("start_time"));
        seen.start = local_time(us_date(row.at("event_date")), 0, static_cast<int>(at.count()));
        seen.end = seen.start + minutes{std::stoi(row.at("minutes"))};
        seen.status = row.at("result") == "FTA"       ? "Missed"
                      : row.at("result") == "HELD"    ? "Completed"
                      : row.at("status") == "VACATED" ? "Cancelled"
                                                      : "Scheduled";
        REQUIRE((row.at("result").empty() || seen.end <= now_));
        apply(client_in(row.at("case_no")), row.at("case_no"), seen);
    }
}

void ReferenceHub::feed_docket(const fs::path& file) {
    for (const std::string& line : lines_of(read_file(file))) {
        if (json_value(line, "matter").empty()) {
            continue;
        }
        SeenObligation seen;
        seen.court = true;
        seen.place = "MUNICIPAL";
        const std::string starts = json_value(line, "starts");
        const auto clock = static_cast<int>(clock_24(starts.substr(11)).count());
        seen.start = local_time(iso_date(starts), 0, clock);
        seen.end = seen.start + minutes{std::stoi(json_value(line, "minutes"))};
        const std::string outcome = json_value(line, "outcome");
        seen.status = outcome == "FTA" ? "Missed" : outcome == "HELD" ? "Completed" : "Scheduled";
        REQUIRE((outcome.empty() || seen.end <= now_));
        REQUIRE((json_value(line, "state").empty() || outcome == "FTA"));
        const std::string number = json_value(line, "number");
        apply(client_in(number), number, seen);
    }
}

void ReferenceHub::feed_check_ins(const fs::path& file) {
    for (const CsvRow& row : read_csv(file)) {
        SeenObligation seen;
        seen.place = row.at("office");
        const auto clock = static_cast<int>(clock_12(row.at("time")).count());
        seen.start = local_time(us_date(row.at("date")), 0, clock);
        seen.end = seen.start + minutes{std::stoi(row.at("minutes"))};
        feed_check_in(row.at("status"), row.at("checkin_id"), seen);
    }
}

void ReferenceHub::feed_tests(const fs::path& file) {
    for (const std::string& line : lines_of(read_file(file))) {
        if (json_value(line, "kind") != "UA") {
            continue;
        }
        SeenObligation seen;
        seen.place = json_value(line, "site");
        const auto clock = static_cast<int>(clock_24(json_value(line, "time")).count());
        seen.start = local_time(iso_date(json_value(line, "day")), 0, clock);
        seen.end = seen.start + minutes{std::stoi(json_value(line, "minutes"))};
        feed_check_in(json_value(line, "state"), json_value(line, "id"), seen);
    }
}

void ReferenceHub::feed_check_in(const std::string& status, const std::string& id,
                                 SeenObligation seen) {
    static const std::map<std::string, std::string> kStatus = {{"SCHEDULED", "Scheduled"},
                                                               {"COMPLETED", "Completed"},
                                                               {"MISSED", "Missed"},
                                                               {"CANCELLED", "Cancelled"}};
    seen.status = kStatus.at(status);
    REQUIRE((seen.status != "Missed" || seen.end <= now_));
    apply(client_in(id), id, seen);
}

void ReferenceHub::feed_roster(const fs::path& file) {
    for (const CsvRow& row : read_csv(file)) {
        if (row.at("INMATE_NO").starts_with("JX-")) {
            continue;  // nobody's number, whatever the name
        }
        const auto time = [&](const std::string& date, const std::string& clock) {
            return local_time(us_date(date), number(clock, 0, 2), number(clock, 2, 2));
        };
        const std::string client = client_in(row.at("INMATE_NO"));
        SeenStay& stay = clients_[client].stays[row.at("BOOKING_NO")];
        stay.custody = true;
        stay.start = time(row.at("BOOK_DATE"), row.at("BOOK_TIME"));
        REQUIRE(stay.start < now_);
        stay.end.reset();
        if (!row.at("REL_DATE").empty()) {
            stay.end = time(row.at("REL_DATE"), row.at("REL_TIME"));
            REQUIRE(*stay.end > stay.start);
            REQUIRE(*stay.end < now_);
        }
        look_at(client);
    }
}

}  // namespace carehub::county_test
