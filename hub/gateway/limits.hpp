// Bounds of the partners' door.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "hub/base/limits.hpp"

namespace carehub::gateway {

/// Frames read in one step, so that releases and timeouts get their turn.
inline constexpr std::size_t kFramesPerStepMax = 64;
/// Inputs handed on in one batch; reading stops there. Small beside a publisher's window, so that
/// the next batch is decided while the last one is synced.
inline constexpr std::size_t kInputBatchMax = 256;
static_assert(kInputBatchMax >= 3 * kBatchSlicesMax);
/// Deliveries asked of core at a time, when a session is behind.
inline constexpr std::uint32_t kResumeCountMax = 1'024;
/// After a refusal for want of room a session's events go on being refused so long: what its client
/// had under way is refused as a whole, and comes again in its order.
inline constexpr std::chrono::milliseconds kNoRoomHold{250};
/// Questions a session may have unanswered.
inline constexpr std::uint32_t kQuestionsPerSessionMax = 16;
/// Frames waiting for a session whose queue is full; a session above it is ended.
inline constexpr std::size_t kOutboxFramesMax = 1'024;
/// Notices held for a connection that is full, in bytes; above it the session falls behind and
/// reads from the journal later.
inline constexpr std::size_t kWaitingBytesMax = std::size_t{4} << 20U;
/// Notices of a session that an Acknowledge or a Verdict finds without a look into the journal.
inline constexpr std::size_t kSentKeptMax = 4'096;
/// History is at most one notice for so many told live in the second before,
inline constexpr std::uint32_t kHistoryShare = 4;
/// and so many a second besides, to all sessions together.
inline constexpr std::uint32_t kHistoryPerSecondMin = 200;
/// Busy periods are rounded outward to this.
inline constexpr std::chrono::minutes kBusyRounding{15};

}  // namespace carehub::gateway
