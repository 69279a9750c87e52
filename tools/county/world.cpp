#include "tools/county/world.hpp"

#include <algorithm>

#include "hub/base/check.hpp"
#include "hub/base/zone_database.hpp"
#include "tools/county/limits.hpp"

namespace carehub::county {
namespace {

using std::chrono::days;
using std::chrono::weekday;

/// The `nth` weekday of the month, Monday being 1.
Date nth_weekday(int year, unsigned month, unsigned iso_weekday, unsigned nth) {
    const std::chrono::year_month_weekday date{
        std::chrono::year{year}, std::chrono::month{month},
        std::chrono::weekday_indexed{weekday{iso_weekday % 7}, nth}};
    return Date{date};
}

Date civil(int year, unsigned month, unsigned day) {
    const auto date = make_date(year, month, day);
    CAREHUB_CHECK(date.has_value(), "a federal holiday is a real date");
    return *date;
}

/// A Saturday's holiday is kept on Friday, a Sunday's on Monday.
Date observed(Date holiday) {
    switch (weekday{holiday}.iso_encoding()) {
        case 6: return holiday - days{1};
        case 7: return holiday + days{1};
        default: return holiday;
    }
}

Date last_monday_of_may(int year) {
    const Date last = civil(year, 5, 31);
    return last - days{weekday{last}.iso_encoding() - 1};
}

}  // namespace

std::vector<Date> federal_holidays(int year) {
    constexpr unsigned kMonday = 1;
    constexpr unsigned kThursday = 4;
    std::vector<Date> all = {observed(civil(year, 1, 1)),      nth_weekday(year, 1, kMonday, 3),
                             nth_weekday(year, 2, kMonday, 3), last_monday_of_may(year),
                             observed(civil(year, 6, 19)),     observed(civil(year, 7, 4)),
                             nth_weekday(year, 9, kMonday, 1), nth_weekday(year, 10, kMonday, 2),
                             observed(civil(year, 11, 11)),    nth_weekday(year, 11, kThursday, 4),
                             observed(civil(year, 12, 25)),    observed(civil(year + 1, 1, 1))};
    std::erase_if(all, [year](Date date) {
        return std::chrono::year_month_day{date}.year() != std::chrono::year{year};
    });
    std::sort(all.begin(), all.end());
    return all;
}

World::World(CountyOptions options, TimeZone zone)
    : options_(std::move(options)), zone_(std::move(zone)) {
    const auto year_of = [](Date date) {
        return static_cast<int>(std::chrono::year_month_day{date}.year());
    };
    // Deadlines and announcements reach a few weeks to both sides of the simulated days.
    const int first = year_of(start() - std::chrono::days{60});
    const int last = year_of(end_date() + std::chrono::days{60});
    for (int year = first; year <= last; ++year) {
        const std::vector<Date> some = federal_holidays(year);
        holidays_.insert(holidays_.end(), some.begin(), some.end());
    }
}

Result<World> World::create(const CountyOptions& options) {
    if (options.clients < kClientsMin || options.clients > kClientsMax) {
        return fail(ErrorCode::Invalid, "a county has 10 to 1,000,000 clients");
    }
    if (options.days < 1 || options.days > kDaysMax) {
        return fail(ErrorCode::Invalid, "a county runs for 1 to 366 days");
    }
    if (options.start < civil(2000, 3, 1) || options.start > civil(2058, 12, 31)) {
        return fail(ErrorCode::Invalid, "the start lies between 2000-03-01 and 2058-12-31");
    }
    CAREHUB_TRY(TimeZone zone, load_zone(kZoneName));
    return World(options, std::move(zone));
}

bool World::is_business_day(Date date) const {
    return weekday{date}.iso_encoding() <= 5 &&
           !std::binary_search(holidays_.begin(), holidays_.end(), date);
}

Date World::business_day_after(Date date, int count) const {
    while (count > 0) {
        date += std::chrono::days{1};
        count -= is_business_day(date) ? 1 : 0;
    }
    return date;
}

std::optional<Date> World::clock_change(Date from, Date to) const {
    for (Date date = from; date <= to; date += std::chrono::days{1}) {
        const auto length =
            start_of_day(zone_, date + std::chrono::days{1}) - start_of_day(zone_, date);
        if (length != std::chrono::hours{24}) {
            return date;
        }
    }
    return std::nullopt;
}

}  // namespace carehub::county
