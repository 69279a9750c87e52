#include "hub/base/time_zone.hpp"

#include <algorithm>

#include "hub/base/check.hpp"

namespace carehub {

std::chrono::seconds offset_at(const TimeZone& zone, UtcTime time) {
    CAREHUB_CHECK(!zone.transitions.empty(), "a time zone has at least one offset");
    const auto after =
        std::upper_bound(zone.transitions.begin(), zone.transitions.end(), time,
                         [](UtcTime instant, const ZoneTransition& t) { return instant < t.from; });
    return after == zone.transitions.begin() ? after->offset : std::prev(after)->offset;
}

LocalTime to_local(const TimeZone& zone, UtcTime time) {
    return LocalTime{(time + offset_at(zone, time)).time_since_epoch()};
}

Date local_date(const TimeZone& zone, UtcTime time) {
    return std::chrono::floor<std::chrono::days>(time + offset_at(zone, time));
}

ResolvedLocal to_utc(const TimeZone& zone, LocalTime local) {
    // Offsets differ from UTC by less than a day, so the two offsets in force a day before and a
    // day after are the only candidates as long as transitions are more than two days apart.
    const UtcTime as_if_utc{local.time_since_epoch()};
    const auto before = offset_at(zone, as_if_utc - std::chrono::hours{24});
    const auto after = offset_at(zone, as_if_utc + std::chrono::hours{24});
    const UtcTime early = as_if_utc - before;
    if (before == after) {
        return {early, LocalReading::Unique};
    }
    const UtcTime late = as_if_utc - after;
    const bool early_holds = offset_at(zone, early) == before;
    const bool late_holds = offset_at(zone, late) == after;
    if (early_holds && late_holds) {
        return {early, LocalReading::Ambiguous};
    }
    if (!early_holds && !late_holds) {
        return {early, LocalReading::Skipped};
    }
    return {early_holds ? early : late, LocalReading::Unique};
}

UtcTime start_of_day(const TimeZone& zone, Date date) {
    return to_utc(zone, LocalTime{date.time_since_epoch()}).time;
}

std::string to_iso(const TimeZone& zone, UtcTime time) {
    return to_iso(time, offset_at(zone, time));
}

}  // namespace carehub
