// Every bound of the house: a name, a unit, a reason. Related bounds are tied by static_assert.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace carehub {

// --- The wire -------------------------------------------------------------------------------
/// One Submission as encoded: the client side refuses a larger one itself.
inline constexpr std::size_t kEventBytesMax = 49'152;
/// libzmq's MAXMSGSIZE on every TCP socket: bounds what an unauthenticated peer can make us hold.
inline constexpr std::size_t kZmqMessageBytesMax = 65'536;
/// CURVE adds 33 bytes to each frame; one byte more and libzmq drops the connection in silence.
inline constexpr std::size_t kFrameBytesMax = kZmqMessageBytesMax - 33;
/// Slices of one frame: submissions, receipts, notices.
inline constexpr std::size_t kBatchSlicesMax = 64;
/// A sender closes a batch at this size.
inline constexpr std::size_t kBatchBytesMax = 49'152;
/// Frame header, and per slice a length and padding to 8 (codec/frame.hpp).
inline constexpr std::size_t kFrameOverheadBytesMax = 16 + kBatchSlicesMax * 16;
static_assert(kBatchBytesMax + kFrameOverheadBytesMax <= kFrameBytesMax);
static_assert(kEventBytesMax <= kBatchBytesMax);
/// libzmq queues of finished messages per peer and direction.
inline constexpr int kZmqHighWaterMark = 16;
inline constexpr std::chrono::milliseconds kCurveHandshakeMax{2'000};
inline constexpr std::chrono::milliseconds kHelloAnswerMax{2'000};
inline constexpr std::chrono::milliseconds kHeartbeatInterval{5'000};
inline constexpr std::chrono::milliseconds kHeartbeatTimeoutMax{15'000};
/// Submissions a session may have unanswered; the hub grants it at Welcome.
inline constexpr std::uint32_t kSubmitCreditMax = 4'096;
/// Notices a session may have unacknowledged.
inline constexpr std::uint32_t kNoticeCreditMax = 4'096;
inline constexpr std::size_t kSessionsMax = 1'024;
inline constexpr std::size_t kSessionsPerPrincipalMax = 8;

// --- FlatBuffers verification (domain: tight, so a small buffer cannot cost much CPU) --------
inline constexpr std::uint32_t kVerifierDepthMax = 8;
inline constexpr std::uint32_t kVerifierTablesMax = 256;

// --- Fields of a Submission -----------------------------------------------------------------
inline constexpr std::size_t kIdentifiersMax = 32;
inline constexpr std::size_t kIdentifierBytesMax = 256;
inline constexpr std::size_t kNameBytesMax = 256;      ///< feeds, keys, codes, organisations
inline constexpr std::size_t kKeyBytesMax = 512;       ///< business_key, source_msg_id
inline constexpr std::size_t kFreeTextBytesMax = 500;  ///< condition_text and the like
inline constexpr std::size_t kListMax = 64;            ///< any other list in a payload

// --- State ----------------------------------------------------------------------------------
inline constexpr std::size_t kSymbolsMax = 1'000'000;  ///< interned names in all
inline constexpr std::size_t kObligationsPerClientMax = 2'000;
inline constexpr std::size_t kStaysPerClientMax = 500;
inline constexpr std::size_t kAlertsPerClientMax = 1'000;
inline constexpr std::chrono::minutes kPoisonLaneParked{15};

// --- Rules (domain/10-alerts, 07-deadlines) --------------------------------------------------
inline constexpr std::chrono::days kConflictHorizon{60};
inline constexpr std::chrono::hours kReopenWithin{24};

// --- Time zones ------------------------------------------------------------------------------
inline constexpr int kZoneFirstYear = 2000;
inline constexpr int kZoneLastYear = 2060;

}  // namespace carehub
