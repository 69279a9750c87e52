// The county's calendar: which date a day of the simulation is, business days, clock changes.
//
// Contract: day 1 is the start date. Day d is fed at 06:00 local of its date; after the last day
// the clock goes to 06:00 of `end_date()`. Business days follow the calendar `us_federal`: Monday
// to Friday without the federal holidays as observed (a Saturday's on Friday, a Sunday's on
// Monday). Threads: immutable.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"
#include "tools/county/county.hpp"

namespace carehub::county {

inline constexpr std::string_view kZoneName = "America/New_York";
inline constexpr std::string_view kCalendarName = "us_federal";

/// Observed federal holidays that fall in the year, ascending.
[[nodiscard]] std::vector<Date> federal_holidays(int year);

class World {
public:
    [[nodiscard]] static Result<World> create(const CountyOptions& options);

    [[nodiscard]] std::uint64_t clients() const { return options_.clients; }
    [[nodiscard]] std::uint64_t seed() const { return options_.seed; }
    [[nodiscard]] int days() const { return static_cast<int>(options_.days); }
    [[nodiscard]] const TimeZone& zone() const { return zone_; }
    [[nodiscard]] const std::vector<Date>& holidays() const { return holidays_; }

    [[nodiscard]] Date start() const { return options_.start; }
    [[nodiscard]] Date end_date() const { return date_of(days() + 1); }
    [[nodiscard]] Date date_of(int day) const { return start() + std::chrono::days{day - 1}; }
    [[nodiscard]] int day_of(Date date) const {
        return static_cast<int>((date - start()).count()) + 1;
    }

    [[nodiscard]] bool is_business_day(Date date) const;
    /// The `count`-th business day after `date`; `date` itself never counts.
    [[nodiscard]] Date business_day_after(Date date, int count) const;
    /// The first date in [from, to] on which the clocks change.
    [[nodiscard]] std::optional<Date> clock_change(Date from, Date to) const;

private:
    World(CountyOptions options, TimeZone zone);

    CountyOptions options_;
    TimeZone zone_;
    std::vector<Date> holidays_;
};

}  // namespace carehub::county
