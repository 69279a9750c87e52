#include "hub/core/rhythm.hpp"

#include <algorithm>

#include "hub/core/state.hpp"

namespace carehub::core {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::size_t kWeeks = 8;
constexpr std::size_t kHoursOfWeek = 168;
constexpr std::size_t kWeeksToKnow = 2;
constexpr minutes kSilenceMin{15};
/// Gaps of so many minutes in every hour: a file a day.
constexpr std::uint16_t kDailyMinutes = 20 * 60;
constexpr minutes kDailyGrace{2 * 60};
/// How far ahead a silence is looked for: beyond two weeks no habit reaches.
constexpr int kHoursAheadMax = 2 * 168;
constexpr std::int64_t kMinutesMax = 0xFFFF;

std::int64_t hour_number(UtcTime time) {
    return std::chrono::floor<hours>(time).time_since_epoch().count();
}

std::size_t column_of(std::int64_t hour) {
    return static_cast<std::size_t>(hour / static_cast<std::int64_t>(kHoursOfWeek)) % kWeeks;
}

std::size_t slot_of(std::int64_t hour) {
    return static_cast<std::size_t>(hour % static_cast<std::int64_t>(kHoursOfWeek));
}

std::uint16_t& gap_at(Feed& feed, std::size_t column, std::size_t slot) {
    return feed.gaps[column * kHoursOfWeek + slot];
}

/// The longest gap of that hour of the week; 0 when too few weeks tell of it.
std::uint16_t usual_gap(const Feed& feed, std::size_t slot) {
    std::uint16_t longest = 0;
    std::size_t weeks = 0;
    for (std::size_t column = 0; column < kWeeks; ++column) {
        const std::uint16_t gap = feed.gaps[column * kHoursOfWeek + slot];
        longest = std::max(longest, gap);
        weeks += gap != 0 ? 1U : 0U;
    }
    return weeks >= kWeeksToKnow ? longest : std::uint16_t{0};
}

/// Weeks that began since the feed was last heard tell nothing of it yet.
void forget_older(Feed& feed, std::int64_t last_hour, std::int64_t hour) {
    const auto week = static_cast<std::int64_t>(kHoursOfWeek);
    const std::int64_t passed = hour / week - last_hour / week;
    for (std::int64_t n = 1; n <= std::min(passed, static_cast<std::int64_t>(kWeeks)); ++n) {
        const std::size_t column = column_of(last_hour + n * week);
        for (std::size_t slot = 0; slot < kHoursOfWeek; ++slot) {
            gap_at(feed, column, slot) = 0;
        }
    }
}

bool is_daily(const Feed& feed) {
    bool any = false;
    for (std::size_t slot = 0; slot < kHoursOfWeek; ++slot) {
        const std::uint16_t gap = usual_gap(feed, slot);
        if (gap != 0 && gap < kDailyMinutes) {
            return false;
        }
        any = any || gap != 0;
    }
    return any;
}

bool is_closed(const Calendar* calendar, Date day) {
    if (calendar == nullptr) {
        return false;
    }
    const auto told = calendar->dates.find(day);
    return told != calendar->dates.end() && !told->second.open;
}

/// Without the closed days between the two.
UtcTime skip_closed(UtcTime from, UtcTime until, const Calendar* calendar) {
    const auto day_of = [](UtcTime time) { return std::chrono::floor<std::chrono::days>(time); };
    for (Date day = day_of(from); calendar != nullptr && day <= day_of(until);
         day += std::chrono::days{1}) {
        until += is_closed(calendar, day) ? std::chrono::days{1} : std::chrono::days{0};
    }
    return until;
}

}  // namespace

UtcTime silent_at(const Feed& feed, const Calendar* calendar) {
    if (feed.gaps.empty()) {
        return kNever;
    }
    const bool daily = is_daily(feed);
    const std::int64_t last_hour = hour_number(feed.last_at);
    UtcTime allowed = feed.last_at;  // a file that comes on working days is late on Mondays too
    for (int ahead = 0; ahead < kHoursAheadMax; ++ahead) {
        const std::int64_t hour = last_hour + ahead;
        const minutes usual{usual_gap(feed, slot_of(hour))};
        if (usual == minutes{0}) {
            continue;
        }
        const minutes wait = daily ? usual + kDailyGrace : std::max(kSilenceMin, usual + usual / 2);
        const UtcTime begins{hours{hour}};
        const UtcTime silent = std::max({begins, feed.last_at + wait, allowed});
        if (silent < begins + hours{1}) {
            return skip_closed(feed.last_at, silent, calendar);
        }
        if (daily && feed.last_at + wait > begins) {
            allowed = std::min(feed.last_at + wait, begins + hours{1} + kDailyGrace);
        }
    }
    return kNever;
}

void hear(Feed& feed, UtcTime at, const Calendar* calendar) {
    if (feed.gaps.empty()) {
        feed.gaps.assign(kWeeks * kHoursOfWeek, 0);
        feed.last_at = at;
        return;
    }
    if (at <= feed.last_at) {
        return;
    }
    const std::int64_t last_hour = hour_number(feed.last_at);
    const std::int64_t hour = hour_number(at);
    // Most events follow another within minutes, which is no silence of any feed.
    const bool was_silence = at - feed.last_at >= kSilenceMin && silent_at(feed, calendar) < at;
    forget_older(feed, last_hour, hour);
    const auto gap = std::chrono::duration_cast<minutes>(at - feed.last_at).count() + 1;
    const auto kept = static_cast<std::uint16_t>(std::min(gap, kMinutesMax));
    const std::int64_t first =
        std::max(last_hour, hour - static_cast<std::int64_t>(kHoursOfWeek) + 1);
    for (std::int64_t touched = first; !was_silence && touched <= hour; ++touched) {
        const auto day = std::chrono::floor<std::chrono::days>(UtcTime{hours{touched}});
        if (is_closed(calendar, day)) {
            continue;  // a holiday is no habit of its weekday
        }
        std::uint16_t& known = gap_at(feed, column_of(touched), slot_of(touched));
        known = std::max(known, kept);
    }
    feed.last_at = at;
}

}  // namespace carehub::core
