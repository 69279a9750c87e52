// Instants, dates and their ISO 8601 spelling. No zones here: see base/time_zone.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace carehub {

using Micros = std::chrono::microseconds;
/// An instant; the journal, the wire and the core know no other kind of time.
using UtcTime = std::chrono::sys_time<Micros>;
/// A civil date without zone, in days since 1970-01-01.
using Date = std::chrono::sys_days;
/// A civil date and time of day without zone.
using LocalTime = std::chrono::local_time<Micros>;

inline constexpr UtcTime kNever = UtcTime::max();
inline constexpr UtcTime kUnknownTime{};  ///< 1970-01-01T00:00:00Z stands for "not told"

/// "2026-07-09T14:00:00Z"; with microseconds only when they are not zero.
[[nodiscard]] std::string to_iso(UtcTime time);
/// "2026-07-09T10:00:00-04:00": the same instant written with an offset from UTC.
[[nodiscard]] std::string to_iso(UtcTime time, std::chrono::seconds offset);
/// "2026-07-09"
[[nodiscard]] std::string to_iso(Date date);

/// Reads `YYYY-MM-DDThh:mm:ss[.f{1,6}](Z|(+|-)hh:mm)`; nothing else, no leap second, no roll-over.
[[nodiscard]] std::optional<UtcTime> parse_iso_time(std::string_view text);
/// Reads `YYYY-MM-DD`; an impossible date is refused, never rolled over.
[[nodiscard]] std::optional<Date> parse_iso_date(std::string_view text);

/// The civil date if it exists, year 1 to 9999.
[[nodiscard]] std::optional<Date> make_date(int year, unsigned month, unsigned day);

}  // namespace carehub
