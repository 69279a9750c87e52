// Bounds of what is asked.
#pragma once

#include <cstddef>

namespace carehub::follower {

/// People who are no clients that are kept: some 400 bytes each.
inline constexpr std::size_t kStrangersMax = 20'000;
/// Clients compared at once, the newest: the follower is held for some tenths of a second.
inline constexpr std::size_t kReviewClientsMax = 100'000;
/// Pairs shown when nothing else is asked for, and at most: what people decide in a day.
inline constexpr std::size_t kReviewShownUsual = 50;
inline constexpr std::size_t kReviewShownMax = 1'000;

/// Of a reason for reading about a client, in bytes: the shortest that says something, and the longest
/// that is kept.
inline constexpr std::size_t kReasonBytesMin = 10;
inline constexpr std::size_t kReasonBytesMax = 500;

/// Kinds of event that the explanation of a consent's scope names; of more it says how many. With the
/// names in it that is below 2 KiB, half of what a statement may have.
inline constexpr std::size_t kScopeKindsMax = 8;

}  // namespace carehub::follower
