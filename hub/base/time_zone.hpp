// A time zone as plain data: a table of offsets. The core calculates with it, replay repeats it.
//
// Contract: a table covers [first transition, covered_until); outside it the nearest offset holds.
// Where the table comes from is base/zone_database.hpp's business; the hub journals each table it
// uses, so a later tz release never rewrites history.
// Local times: RFC 5545 3.3.5 and domain decision: a skipped local time is read with the offset
// before the gap, an ambiguous one as its first (daylight) occurrence; both are flagged.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "hub/base/utc_time.hpp"

namespace carehub {

struct ZoneTransition {
    UtcTime from{};                 ///< the offset holds from this instant
    std::chrono::seconds offset{};  ///< local = UTC + offset

    friend bool operator==(const ZoneTransition&, const ZoneTransition&) = default;
};

struct TimeZone {
    std::string name;                         ///< IANA name, "America/New_York"
    std::vector<ZoneTransition> transitions;  ///< ascending; at least one

    friend bool operator==(const TimeZone&, const TimeZone&) = default;
};

enum class LocalReading : std::uint8_t { Unique, Ambiguous, Skipped };

struct ResolvedLocal {
    UtcTime time{};
    LocalReading reading = LocalReading::Unique;
};

[[nodiscard]] std::chrono::seconds offset_at(const TimeZone& zone, UtcTime time);
[[nodiscard]] LocalTime to_local(const TimeZone& zone, UtcTime time);
[[nodiscard]] Date local_date(const TimeZone& zone, UtcTime time);
[[nodiscard]] ResolvedLocal to_utc(const TimeZone& zone, LocalTime local);
/// The instant at which `date` begins in the zone.
[[nodiscard]] UtcTime start_of_day(const TimeZone& zone, Date date);
/// "2026-07-09T10:00:00-04:00" for that instant in that zone.
[[nodiscard]] std::string to_iso(const TimeZone& zone, UtcTime time);

}  // namespace carehub
