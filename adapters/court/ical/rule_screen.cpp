#include "adapters/court/ical/rule_screen.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

#include "adapters/court/ical/calendar_value.hpp"
#include "adapters/court/limits.hpp"
#include "adapters/court/text.hpp"

namespace carehub::adapters::court {
namespace {

constexpr int kLeapMonth[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr int kMonths = 12;

/// The numbers of one part: "BYMONTH=2,3" gives 2, 3; nothing when the part is not there.
std::optional<std::vector<int>> numbers_of(const std::string& rule, std::string_view part) {
    const std::string upper = ";" + to_upper(rule) + ";";
    const std::size_t found = upper.find(";" + std::string(part) + "=");
    if (found == std::string::npos) {
        return std::nullopt;
    }
    const std::size_t begin = found + part.size() + 2;
    const std::string list = upper.substr(begin, upper.find(';', begin) - begin);
    std::vector<int> numbers;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        numbers.push_back(
            static_cast<int>(std::strtol(list.substr(at, end - at).c_str(), nullptr, 10)));
        at = end + 1;
    }
    return numbers;
}

/// True when none of the days exists in any of the months: 30 February, 31 April.
bool is_impossible(const std::vector<int>& days, const std::vector<int>& months) {
    return std::none_of(months.begin(), months.end(), [&](int month) {
        const int last = month >= 1 && month <= kMonths ? kLeapMonth[month - 1] : 0;
        return std::any_of(days.begin(), days.end(),
                           [last](int day) { return day != 0 && std::abs(day) <= last; });
    });
}

std::size_t times_of_day(const std::string& rule) {
    std::size_t times = 1;
    for (const char* const part : {"BYHOUR", "BYMINUTE", "BYSECOND"}) {
        const auto numbers = numbers_of(rule, part);
        times *= numbers ? numbers->size() : 1;
    }
    return times;
}

Accepted<void> screen_dates(const std::string& rule, const RuleParts& parts) {
    if (parts.has_count && parts.has_until) {
        return refuse(RefusalReason::InvalidField, "RRULE", "COUNT and UNTIL exclude each other",
                      "Keep one of them (RFC 5545 3.3.10).");
    }
    if (parts.has_until && !parts.until) {
        return refuse(RefusalReason::TimeUnresolvable, "RRULE.UNTIL",
                      "RRULE.UNTIL names no real time",
                      "Write it as 20260406 or 20260406T130000Z (RFC 5545 3.3.10).");
    }
    const auto days = numbers_of(rule, "BYMONTHDAY");
    const auto months = numbers_of(rule, "BYMONTH");
    if (days && is_impossible(*days, months.value_or(std::vector<int>{1}))) {
        return refuse(RefusalReason::TimeUnresolvable, "RRULE.BYMONTHDAY",
                      "the rule names days that no calendar has",
                      "Name days of the months given (RFC 5545 3.3.10).");
    }
    return {};
}

}  // namespace

Accepted<void> screen_rule(const std::string& rule) {
    const RuleParts parts = split_rule(rule);
    if (parts.frequency == "SECONDLY" || parts.frequency == "MINUTELY" ||
        parts.frequency == "HOURLY" || times_of_day(rule) > kTimesOfDayMax) {
        return refuse(RefusalReason::RecurrenceTooLarge, "RRULE",
                      "a hearing does not recur within a day",
                      "Use DAILY, WEEKLY, MONTHLY or YEARLY (RFC 5545 3.3.10).");
    }
    return screen_dates(rule, parts);
}

}  // namespace carehub::adapters::court
