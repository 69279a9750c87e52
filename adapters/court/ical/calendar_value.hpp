// Values of RFC 5545 as plain data: DATE and DATE-TIME, DURATION, UTC-OFFSET, and RRULE's UNTIL.
//
// Contract: impossible dates are refused, never rolled over. A second of 60 reads as 59.
// Threads: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/base/utc_time.hpp"

namespace carehub::adapters::court {

struct CalendarTime {
    LocalTime local{};  ///< the digits as written; midnight for a DATE
    bool date_only = false;
    bool utc = false;
    std::string tzid;  ///< empty and not utc: floating
};

/// P1D is a day on the clock (23 to 25 hours), PT24H is 24 hours: RFC 5545 3.3.6.
struct CalendarDuration {
    std::chrono::days days{};
    std::chrono::seconds exact{};
};

[[nodiscard]] std::optional<CalendarTime> parse_calendar_time(std::string_view value,
                                                              std::string_view tzid);
/// Nothing for a negative duration: a hearing cannot end before it begins.
[[nodiscard]] std::optional<CalendarDuration> parse_duration(std::string_view value);
[[nodiscard]] std::optional<std::chrono::seconds> parse_utc_offset(std::string_view value);

/// "20260406" or "20260406T120000"
[[nodiscard]] std::string spell_date(Date date);
[[nodiscard]] std::string spell_local(LocalTime local);

/// A rule in two: its text without UNTIL, and UNTIL.
struct RuleParts {
    std::string rule;
    std::optional<CalendarTime> until;
    bool has_until = false;
    bool has_count = false;
    std::string frequency;
};
[[nodiscard]] RuleParts split_rule(std::string_view rule);

}  // namespace carehub::adapters::court
