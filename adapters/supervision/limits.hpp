// Bounds of the supervision adapter: a name, a unit, a reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace carehub::adapters::supervision {

/// How long a check-in takes when neither the row nor the configuration says so.
inline constexpr std::chrono::minutes kDurationAssumed{30};
/// A check-in that takes longer than a day is a mistake.
inline constexpr std::int64_t kDurationMinutesMax = 1'440;
/// The agency's own words, mapped one by one by a person.
inline constexpr std::size_t kMappedWordsMax = 500;
/// The glossary's bound on the text of a condition.
inline constexpr std::size_t kConditionBytesMax = 500;

// --- Rosters of jails (as snapshots of courts: domain/05) -------------------------------------
/// A greater fall in a night is a broken export before it is a mass release.
inline constexpr unsigned kFallPercentMax = 40;
/// Below this many in custody a percentage says nothing.
inline constexpr std::size_t kFallRowsMin = 5;
/// Complete rosters in a row without a booking, until the profile's meaning of absence holds.
inline constexpr std::uint32_t kMissesUntilGone = 2;
/// A jail's clock may be ahead of the one that dates its files.
inline constexpr std::chrono::minutes kClockSkewMax{15};
/// The largest jail of a country holds a tenth of this.
inline constexpr std::size_t kBookingsMax = 200'000;

}  // namespace carehub::adapters::supervision
