#include "adapters/court/ical/calendar_value.hpp"

#include <algorithm>

#include "adapters/court/limits.hpp"
#include "adapters/court/text.hpp"

namespace carehub::adapters::court {
namespace {

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int number(std::string_view text, std::size_t at, std::size_t width) {
    return parse_int(text.substr(at, width)).value_or(-1);
}

std::optional<Date> parse_basic_date(std::string_view value) {
    if (value.size() != 8 || !all_digits(value)) {
        return std::nullopt;
    }
    return make_date(number(value, 0, 4), static_cast<unsigned>(number(value, 4, 2)),
                     static_cast<unsigned>(number(value, 6, 2)));
}

std::optional<std::chrono::seconds> parse_basic_time(std::string_view value) {
    if (value.size() != 6 || !all_digits(value)) {
        return std::nullopt;
    }
    const int hour = number(value, 0, 2);
    const int minute = number(value, 2, 2);
    const int second = std::min(number(value, 4, 2), 60);
    if (hour > 23 || minute > 59) {
        return std::nullopt;
    }
    return std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{std::min(second, 59)};
}

std::string two_digits(unsigned value) {
    return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

bool is_utc_name(std::string_view tzid) {
    return tzid == "Z" || tzid == "UTC" || tzid == "Etc/UTC" || tzid == "GMT" ||
           tzid == "Etc/GMT" || tzid == "tzone://Microsoft/Utc";
}

}  // namespace

std::optional<CalendarTime> parse_calendar_time(std::string_view value, std::string_view tzid) {
    CalendarTime time;
    time.tzid = trim(tzid);
    if (value.ends_with('Z')) {
        time.utc = true;
        value.remove_suffix(1);
    }
    const std::size_t t = value.find('T');
    const auto date = parse_basic_date(value.substr(0, t));
    if (!date) {
        return std::nullopt;
    }
    time.local = LocalTime{date->time_since_epoch()};
    if (t == std::string_view::npos) {
        time.date_only = true;
        time.tzid.clear();
        return time.utc ? std::nullopt : std::optional(time);
    }
    const auto clock = parse_basic_time(value.substr(t + 1));
    if (!clock) {
        return std::nullopt;
    }
    time.local += *clock;
    time.utc = time.utc || is_utc_name(time.tzid);
    if (time.utc) {
        time.tzid.clear();
    }
    return time;
}

std::optional<CalendarDuration> parse_duration(std::string_view value) {
    if (value.starts_with('+')) {
        value.remove_prefix(1);
    }
    if (!value.starts_with('P') || value.size() < 3) {
        return std::nullopt;
    }
    value.remove_prefix(1);
    CalendarDuration duration;
    bool clock = false;
    while (!value.empty()) {
        if (value.front() == 'T' && !clock) {
            clock = true;
            value.remove_prefix(1);
            continue;
        }
        const std::size_t unit = value.find_first_not_of("0123456789");
        const auto count = parse_int(value.substr(0, std::min(unit, value.size())));
        if (unit == std::string_view::npos || !count) {
            return std::nullopt;
        }
        switch (value[unit]) {
            case 'W': duration.days += std::chrono::days{7} * std::int64_t{*count}; break;
            case 'D': duration.days += std::chrono::days{*count}; break;
            case 'H': duration.exact += std::chrono::hours{*count}; break;
            case 'M': duration.exact += std::chrono::minutes{*count}; break;
            case 'S': duration.exact += std::chrono::seconds{*count}; break;
            default: return std::nullopt;
        }
        value.remove_prefix(unit + 1);
    }
    return duration;
}

std::optional<std::chrono::seconds> parse_utc_offset(std::string_view value) {
    if ((value.size() != 5 && value.size() != 7) || !all_digits(value.substr(1)) ||
        (value[0] != '+' && value[0] != '-')) {
        return std::nullopt;
    }
    const int minute = number(value, 3, 2);
    const int second = value.size() == 7 ? number(value, 5, 2) : 0;
    const std::chrono::seconds size = std::chrono::hours{number(value, 1, 2)} +
                                      std::chrono::minutes{minute} + std::chrono::seconds{second};
    if (minute > 59 || second > 59 || size > kUtcOffsetMax) {
        return std::nullopt;
    }
    return value[0] == '-' ? -size : size;
}

std::string spell_date(Date date) {
    std::string text = to_iso(date);
    text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
    return text;
}

std::string spell_local(LocalTime local) {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto second = std::chrono::floor<std::chrono::seconds>(local - day).count();
    const auto clock = static_cast<unsigned>(second);
    return spell_date(Date{day.time_since_epoch()}) + "T" + two_digits(clock / 3600) +
           two_digits(clock / 60 % 60) + two_digits(clock % 60);
}

RuleParts split_rule(std::string_view rule) {
    RuleParts parts;
    while (!rule.empty()) {
        const std::size_t end = std::min(rule.find(';'), rule.size());
        const std::string part = to_upper(trim(rule.substr(0, end)));
        rule.remove_prefix(std::min(end + 1, rule.size()));
        if (part.starts_with("UNTIL=")) {
            parts.has_until = true;
            parts.until = parse_calendar_time(std::string_view(part).substr(6), "");
            continue;
        }
        parts.has_count = parts.has_count || part.starts_with("COUNT=");
        if (part.starts_with("FREQ=")) {
            parts.frequency = part.substr(5);
        }
        parts.rule += parts.rule.empty() ? part : ";" + part;
    }
    return parts;
}

}  // namespace carehub::adapters::court
