#include "adapters/kit/told_time.hpp"

#include "hub/base/check.hpp"

namespace carehub::adapters {

ToldTime told_time(const TimeZone& zone, const CivilTime& civil) {
    CAREHUB_CHECK(civil.date.has_value(), "an instant needs a date");
    return told_time(zone, *civil.date, civil);
}

ToldTime told_time(const TimeZone& zone, Date day, const CivilTime& clock) {
    ToldTime told;
    told.day = day;
    if (!clock.time_of_day) {
        return told;
    }
    const LocalTime local = LocalTime{day.time_since_epoch()} + *clock.time_of_day;
    if (clock.offset) {
        told.instant = UtcTime{local.time_since_epoch()} - *clock.offset;
        told.day = local_date(zone, *told.instant);
        return told;
    }
    const ResolvedLocal resolved = to_utc(zone, local);
    told.instant = resolved.time;
    if (resolved.reading == LocalReading::Ambiguous) {
        told.flags.add(TimeFlag::Ambiguous);
    } else if (resolved.reading == LocalReading::Skipped) {
        told.flags.add(TimeFlag::Skipped);
    }
    return told;
}

}  // namespace carehub::adapters
