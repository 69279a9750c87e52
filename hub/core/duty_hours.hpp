// When a person of staff is at work: the opening hours of a calendar, in a zone.
//
// Contract: a day that the calendar does not tell is open from Monday to Friday, kOpenOfBusiness to
// kCloseOfBusiness. Searches end after kBusinessDaySearchMax days.
// Threads: pure; refers to the State it was made of.
#pragma once

#include <chrono>

#include "hub/core/state.hpp"

namespace carehub::core {

using std::chrono::minutes;

/// Of a zone that the State does not know: UTC.
[[nodiscard]] const TimeZone& zone_or_utc(const State& state, Symbol name);

class DutyHours {
public:
    DutyHours(const State& state, Symbol zone, Symbol calendar);

    [[nodiscard]] bool is_business_day(Date date) const;
    /// The n-th business day after `date`, which itself never counts (n >= 1); negative n: before.
    [[nodiscard]] Date add_business_days(Date date, int n) const;
    [[nodiscard]] UtcTime open_of(Date date) const;
    [[nodiscard]] UtcTime close_of(Date date) const;
    [[nodiscard]] Date day_of(UtcTime time) const;

    /// Within the opening hours of a business day.
    [[nodiscard]] bool is_open(UtcTime time) const;
    /// That time, if it is open then, else the next opening.
    [[nodiscard]] UtcTime next_open(UtcTime time) const;
    /// When `span` of open hours is over that begins then, or with the next opening.
    [[nodiscard]] UtcTime open_time_from(UtcTime time, minutes span) const;

private:
    [[nodiscard]] const CalendarDay* hours_of(Date date) const;
    [[nodiscard]] UtcTime at_local(Date date, minutes after_midnight) const;

    const TimeZone& zone_;
    const Calendar* calendar_;
};

}  // namespace carehub::core
