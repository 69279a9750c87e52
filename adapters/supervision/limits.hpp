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

}  // namespace carehub::adapters::supervision
