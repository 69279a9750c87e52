// How a feed's habits are learned, and what is a silence. The bound: of a feed that keeps its
// habits at most one false alarm a month, over 90 days with nights, weekends and holidays.
#include "hub/core/rhythm.hpp"

#include "hub/base/prng.hpp"
#include "hub/core/state.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::core;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

const UtcTime kMonday = *parse_iso_time("2026-01-05T00:00:00Z");

bool is_working_day(UtcTime day, const Calendar& calendar) {
    const Date date = std::chrono::floor<days>(day);
    return std::chrono::weekday{date}.iso_encoding() <= 5 && !calendar.dates.contains(date);
}

Calendar holidays() {
    Calendar calendar;
    for (const char* date : {"2026-01-19", "2026-02-16", "2026-03-16"}) {
        CalendarDay day;
        day.date = *parse_iso_date(date);
        calendar.dates[day.date] = day;  // closed
    }
    return calendar;
}

/// The false alarms of a feed that keeps its habits.
int false_alarms(Feed& feed, const std::vector<UtcTime>& events, const Calendar& calendar) {
    int alarms = 0;
    for (const UtcTime at : events) {
        alarms += silent_at(feed, &calendar) < at ? 1 : 0;
        hear(feed, at, &calendar);
    }
    return alarms;
}

/// On working days from eight to six, every ten minutes or so.
std::vector<UtcTime> clinic_days(int count, const Calendar& calendar, std::uint64_t seed) {
    Prng random(seed);
    std::vector<UtcTime> events;
    for (int day = 0; day < count; ++day) {
        const UtcTime midnight = kMonday + days{day};
        if (!is_working_day(midnight, calendar)) {
            continue;
        }
        for (UtcTime at = midnight + hours{8} + minutes{static_cast<int>(random.below(10))};
             at < midnight + hours{18}; at += minutes{3 + static_cast<int>(random.below(15))}) {
            events.push_back(at);
        }
    }
    return events;
}

}  // namespace

TEST_CASE("a feed that keeps its habits is seldom called silent", "[core][rhythm]") {
    const Calendar calendar = holidays();
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Feed feed;
        CAPTURE(seed);
        CHECK(false_alarms(feed, clinic_days(90, calendar, seed), calendar) <= 3);
    }
}

TEST_CASE("without the partner's calendar a holiday is a silence", "[core][rhythm]") {
    const Calendar calendar = holidays();
    Feed feed;
    const Calendar none;
    int alarms = 0;
    for (const UtcTime at : clinic_days(90, calendar, 1)) {
        alarms += silent_at(feed, &none) < at ? 1 : 0;
        hear(feed, at, &none);
    }
    CHECK(alarms >= 2);
}

TEST_CASE("a feed that stops in the middle of a day is missed within half an hour or so",
          "[core][rhythm]") {
    const Calendar calendar = holidays();
    Feed feed;
    for (const UtcTime at : clinic_days(60, calendar, 7)) {
        hear(feed, at, &calendar);
    }
    const UtcTime stop = kMonday + days{63} + hours{11};  // a Monday
    for (UtcTime at = kMonday + days{63} + hours{8}; at <= stop; at += minutes{10}) {
        hear(feed, at, &calendar);
    }
    const UtcTime silent = silent_at(feed, &calendar);
    CHECK(silent > stop);
    CHECK(silent <= stop + minutes{45});
}

TEST_CASE("a file a day is missed two hours after its usual time", "[core][rhythm]") {
    Feed feed;
    for (int day = 0; day < 40; ++day) {
        for (int row = 0; row < 50; ++row) {
            hear(feed, kMonday + days{day} + hours{2} + std::chrono::seconds{row}, nullptr);
        }
    }
    const UtcTime due = kMonday + days{40} + hours{2};
    const UtcTime silent = silent_at(feed, nullptr);
    CHECK(silent >= due + hours{2});
    CHECK(silent <= due + hours{2} + minutes{5});
}

TEST_CASE("a new feed is not judged, and an outage teaches nothing", "[core][rhythm]") {
    Feed feed;
    hear(feed, kMonday, nullptr);
    CHECK(silent_at(feed, nullptr) == kNever);
    Feed known;
    const Calendar calendar = holidays();
    for (const UtcTime at : clinic_days(60, calendar, 3)) {
        hear(known, at, &calendar);
    }
    const UtcTime back = known.last_at + days{10};
    const Feed before = known;
    hear(known, back, &calendar);
    CHECK(known.last_at == back);
    // Nothing was learned of the ten days: no gap grew.
    for (std::size_t slot = 0; slot < known.gaps.size(); ++slot) {
        CHECK(known.gaps[slot] <= before.gaps[slot]);
    }
}
