#include "adapters/court/ical/rule_walk.hpp"

#include <algorithm>
#include <utility>

#include <libical/ical.h>

namespace carehub::adapters::court {
namespace {

icaltimetype to_ical(LocalTime local, bool date_only) {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{std::chrono::sys_days{day.time_since_epoch()}};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(local - day)};
    icaltimetype time = icaltime_null_time();
    time.year = static_cast<int>(date.year());
    time.month = static_cast<int>(static_cast<unsigned>(date.month()));
    time.day = static_cast<int>(static_cast<unsigned>(date.day()));
    time.is_date = date_only ? 1 : 0;
    if (!date_only) {
        time.hour = static_cast<int>(clock.hours().count());
        time.minute = static_cast<int>(clock.minutes().count());
        time.second = static_cast<int>(clock.seconds().count());
    }
    return time;
}

LocalTime from_ical(const icaltimetype& time) {
    const std::chrono::year_month_day date{std::chrono::year{time.year},
                                           std::chrono::month{static_cast<unsigned>(time.month)},
                                           std::chrono::day{static_cast<unsigned>(time.day)}};
    return LocalTime{std::chrono::sys_days{date}.time_since_epoch()} +
           std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
           std::chrono::seconds{time.second};
}

/// The week of its year that a day lies in, the first being the one with four days of the year or
/// more; and how many that year has (RFC 5545 3.3.10, BYWEEKNO).
struct WeekOfYear {
    int week = 0;
    int of = 0;
};

std::chrono::sys_days fourth_day_of_week(std::chrono::sys_days day, int first_day) {
    constexpr int kWeek = 7;
    const int weekday = static_cast<int>(std::chrono::weekday{day}.c_encoding());
    const int place = (weekday + kWeek + 1 - first_day) % kWeek;
    return day + std::chrono::days{3 - place};
}

WeekOfYear week_of(LocalTime local, int first_day) {
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto fourth =
        fourth_day_of_week(std::chrono::sys_days{day.time_since_epoch()}, first_day);
    const std::chrono::year year = std::chrono::year_month_day{fourth}.year();
    const auto number = [year](std::chrono::sys_days of_week) {
        const std::chrono::sys_days january{year / 1 / 1};
        return static_cast<int>((of_week - january) / std::chrono::weeks{1}) + 1;
    };
    const std::chrono::sys_days last{year / 12 / 28};
    return {number(fourth), number(fourth_day_of_week(last, first_day))};
}

/// The library gives days of week 53 for week 1.
bool is_in_weeks(const icalrecurrencetype& rule, LocalTime start) {
    if (rule.by_week_no[0] == ICAL_RECURRENCE_ARRAY_MAX) {
        return true;
    }
    const WeekOfYear at = week_of(start, static_cast<int>(rule.week_start));
    for (int i = 0; i < ICAL_BY_WEEKNO_SIZE && rule.by_week_no[i] != ICAL_RECURRENCE_ARRAY_MAX;
         ++i) {
        const int wanted = rule.by_week_no[i];
        if (at.week == (wanted < 0 ? at.of + 1 + wanted : wanted)) {
            return true;
        }
    }
    return false;
}

/// Collects what lies in the window; false when the bound on instances is reached.
class Collector {
public:
    Collector(const RuleRequest& request, Expansion& out) : request_(request), out_(out) {}

    bool add(LocalTime start) {
        if (start < request_.from || start > request_.to) {
            return true;
        }
        if (out_.starts.size() == request_.count_max) {
            out_.end = ExpansionEnd::Capped;
            return false;
        }
        out_.starts.push_back(start);
        return true;
    }

private:
    const RuleRequest& request_;
    Expansion& out_;
};

/// Where the library is to begin. From a start in the midst of a week it loses count of the weeks of
/// an interval: it begins with the first day of that week that the rule names.
LocalTime beginning_of(const icalrecurrencetype& rule, LocalTime start) {
    if (rule.freq != ICAL_WEEKLY_RECURRENCE || rule.interval < 2 ||
        rule.by_day[0] == ICAL_RECURRENCE_ARRAY_MAX) {
        return start;
    }
    constexpr int kWeek = 7;
    const auto day = std::chrono::floor<std::chrono::days>(start);
    const std::chrono::weekday weekday{std::chrono::sys_days{day.time_since_epoch()}};
    // Days count from the rule's own first day of the week; libical's Sunday is 1.
    const auto place = [&rule](int of_sunday) {
        return (of_sunday + kWeek + 1 - static_cast<int>(rule.week_start)) % kWeek;
    };
    int first = kWeek;
    for (int i = 0; i < ICAL_BY_DAY_SIZE && rule.by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; ++i) {
        const int named = icalrecurrencetype_day_day_of_week(rule.by_day[i]);
        first = std::min(first, place(named - 1));
    }
    const LocalTime moved =
        start + std::chrono::days{first - place(static_cast<int>(weekday.c_encoding()))};
    if (rule.by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX) {
        return moved;
    }
    // And with the first hour that the rule names, since it may be that of no instance otherwise.
    int hour = rule.by_hour[0];
    for (int i = 1; i < ICAL_BY_HOUR_SIZE && rule.by_hour[i] != ICAL_RECURRENCE_ARRAY_MAX; ++i) {
        hour = std::min(hour, static_cast<int>(rule.by_hour[i]));
    }
    const auto clock = start - day;
    return moved - std::chrono::floor<std::chrono::hours>(clock) + std::chrono::hours{hour};
}

/// One rule being walked through: the library's instances but for those it gives in error.
class Walk {
public:
    Walk(const icalrecurrencetype& rule, const RuleRequest& request, icalrecur_iterator* iterator)
        : rule_(rule), request_(request), iterator_(iterator) {}

    /// Nothing at the end.
    std::optional<LocalTime> next() {
        while (true) {
            const icaltimetype at = icalrecur_iterator_next(iterator_);
            if (icaltime_is_null_time(at)) {
                return std::nullopt;
            }
            const LocalTime start = from_ical(at);
            if (start > request_.to || (start >= request_.start && is_in_weeks(rule_, start))) {
                return start;
            }
        }
    }

private:
    const icalrecurrencetype& rule_;
    const RuleRequest& request_;
    icalrecur_iterator* iterator_;
};

void iterate(Walk walk, const RuleRequest& request, int count, Expansion& out) {
    Collector collector(request, out);
    std::optional<LocalTime> at = walk.next();
    // The start counts as the first occurrence even where it does not match the rule.
    const bool start_matches = at == request.start;
    if (!start_matches) {
        collector.add(request.start);
    }
    int left = count > 0 ? count - (start_matches ? 0 : 1) : -1;
    while (at && left != 0) {
        if (*at > request.to || !collector.add(*at)) {
            return;
        }
        left -= left > 0 ? 1 : 0;
        at = walk.next();
    }
}

}  // namespace

void stop_nowhere() { icalerror_set_errors_are_fatal(0); }

Expansion walk_rule(const RuleRequest& request) {
    Expansion out;
    icalrecurrencetype rule = icalrecurrencetype_from_string(request.rule.c_str());
    if (rule.freq == ICAL_NO_RECURRENCE) {
        return out;
    }
    if (request.until) {
        rule.until = to_ical(*request.until, request.date_only);
    }
    const int count = std::exchange(rule.count, 0);  // counted by iterate(), from the start on
    const LocalTime beginning = beginning_of(rule, request.start);
    icalrecur_iterator* const iterator =
        icalrecur_iterator_new(rule, to_ical(beginning, request.date_only));
    if (iterator == nullptr) {
        return out;
    }
    out.end = ExpansionEnd::Whole;
    iterate(Walk(rule, request, iterator), request, count, out);
    icalrecur_iterator_free(iterator);
    return out;
}

}  // namespace carehub::adapters::court
