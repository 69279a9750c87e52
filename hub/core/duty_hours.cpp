#include "hub/core/duty_hours.hpp"

#include <algorithm>

#include "hub/core/limits.hpp"

namespace carehub::core {
namespace {

std::uint8_t weekday_of(Date date) {
    return static_cast<std::uint8_t>(std::chrono::weekday{date}.iso_encoding());
}

}  // namespace

const TimeZone& zone_or_utc(const State& state, Symbol name) {
    static const TimeZone utc{"Etc/UTC", {{UtcTime::min(), std::chrono::seconds{0}}}};
    const auto found = state.zones.find(name);
    return found == state.zones.end() ? utc : found->second;
}

DutyHours::DutyHours(const State& state, Symbol zone, Symbol calendar)
    : zone_(zone_or_utc(state, zone)) {
    const auto found = state.calendars.find(calendar);
    calendar_ = found == state.calendars.end() ? nullptr : &found->second;
}

bool DutyHours::is_business_day(Date date) const {
    const std::uint8_t weekday = weekday_of(date);
    if (calendar_ != nullptr) {
        if (const auto exception = calendar_->dates.find(date);
            exception != calendar_->dates.end()) {
            return exception->second.open;
        }
        if (const auto rule = calendar_->weekdays.find(weekday);
            rule != calendar_->weekdays.end()) {
            return rule->second.open;
        }
    }
    return weekday <= 5;
}

Date DutyHours::add_business_days(Date date, int n) const {
    const std::chrono::days step{n < 0 ? -1 : 1};
    int left = n < 0 ? -n : n;
    for (int searched = 0; left > 0 && searched < kBusinessDaySearchMax; ++searched) {
        date += step;
        left -= is_business_day(date) ? 1 : 0;
    }
    return date;
}

const CalendarDay* DutyHours::hours_of(Date date) const {
    if (calendar_ == nullptr) {
        return nullptr;
    }
    const auto exception = calendar_->dates.find(date);
    if (exception != calendar_->dates.end() && exception->second.until_min != 0) {
        return &exception->second;
    }
    const auto rule = calendar_->weekdays.find(weekday_of(date));
    return rule != calendar_->weekdays.end() && rule->second.until_min != 0 ? &rule->second
                                                                            : nullptr;
}

UtcTime DutyHours::open_of(Date date) const {
    const CalendarDay* hours = hours_of(date);
    return at_local(date, hours == nullptr ? kOpenOfBusiness : minutes{hours->from_min});
}

UtcTime DutyHours::close_of(Date date) const {
    const CalendarDay* hours = hours_of(date);
    return at_local(date, hours == nullptr ? kCloseOfBusiness : minutes{hours->until_min});
}

Date DutyHours::day_of(UtcTime time) const { return local_date(zone_, time); }

bool DutyHours::is_open(UtcTime time) const {
    const Date today = day_of(time);
    return is_business_day(today) && time >= open_of(today) && time < close_of(today);
}

UtcTime DutyHours::next_open(UtcTime time) const {
    Date day = day_of(time);
    if (!is_business_day(day) || time >= close_of(day)) {
        day = add_business_days(day, 1);
    }
    return std::max(time, open_of(day));
}

UtcTime DutyHours::open_time_from(UtcTime time, minutes span) const {
    UtcTime from = next_open(time);
    Date day = day_of(from);
    std::chrono::microseconds left = span;
    for (int searched = 0; searched < kBusinessDaySearchMax; ++searched) {
        const std::chrono::microseconds of_day = close_of(day) - from;
        if (left <= of_day) {
            break;
        }
        left -= std::max(of_day, std::chrono::microseconds{0});
        day = add_business_days(day, 1);
        from = open_of(day);
    }
    return from + left;
}

UtcTime DutyHours::at_local(Date date, minutes after_midnight) const {
    return to_utc(zone_, LocalTime{date.time_since_epoch()} + after_midnight).time;
}

}  // namespace carehub::core
