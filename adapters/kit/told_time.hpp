// A day, and where it is told a time, as an instant: what a row's date and time mean in a zone.
//
// Contract: a time with an offset is that instant, and its day the one it has in `zone`; without an
// offset it is read on the clock of `zone`, flagged Skipped or Ambiguous where that clock was moved.
// Threads: any thread.
#pragma once

#include "adapters/kit/time_format.hpp"
#include "hub/base/time_zone.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters {

struct ToldTime {
    Date day{};
    std::optional<UtcTime> instant;
    TimeFlags flags;
};

/// Requires a date.
[[nodiscard]] ToldTime told_time(const TimeZone& zone, const CivilTime& civil);
/// The same of a time of day that stands in a column of its own.
[[nodiscard]] ToldTime told_time(const TimeZone& zone, Date day, const CivilTime& clock);

}  // namespace carehub::adapters
