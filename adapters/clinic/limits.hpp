// The bounds of the clinic adapter: a name, a unit, a reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace carehub::adapters::clinic {

// --- One message ------------------------------------------------------------------------------
/// Bytes of one message; the largest in use carry documents we do not read.
inline constexpr std::size_t kMessageBytesMax = 1'048'576;
/// Segments of one message: bounds the index kept beside its text.
inline constexpr std::size_t kSegmentsMax = 16'384;
/// Fields of one segment; the standard's longest has fewer than a hundred.
inline constexpr std::size_t kFieldsMax = 1'024;
/// Repetitions of one field that are read; what follows is ignored with a finding.
inline constexpr std::size_t kRepetitionsMax = 256;
/// Patient groups of one appointment: a group session, not a roster.
inline constexpr std::size_t kPatientsMax = 64;
/// Findings kept of one message, so that a hostile one cannot make us hold thousands.
inline constexpr std::size_t kFindingsMax = 64;
/// Bytes of each of MSH-3, MSH-4 and MSH-10 that enter an event's id; the digest keeps it unique.
inline constexpr std::size_t kSourceIdPartBytesMax = 128;

// --- A sender's profile -------------------------------------------------------------------------
/// Codes in one list of a profile.
inline constexpr std::size_t kProfileListMax = 500;

// --- Appointments -----------------------------------------------------------------------------
/// Length assumed when the sender tells neither end nor duration.
inline constexpr std::chrono::minutes kDefaultDuration{30};
/// A duration without unit is in seconds by the standard, in minutes by common practice: from this
/// number on seconds are believed, below it no visit would be long enough.
inline constexpr long kUnitlessSecondsMin = 300;
/// Longer is a mistake of the sender, not an appointment.
inline constexpr std::chrono::hours kDurationMax{24 * 31};

// --- The door ---------------------------------------------------------------------------------
inline constexpr std::size_t kConnectionsMax = 256;
/// Bytes read from a connection at a time.
inline constexpr std::size_t kReadBytes = 16'384;
/// A sender waits about half a minute for its answer; we say "try again" before it gives up.
inline constexpr std::chrono::seconds kAnswerMax{20};
/// Pause before a retryable refusal is submitted again.
inline constexpr std::chrono::milliseconds kRetryPause{250};
/// How often the link is asked for news when its descriptor stays silent.
inline constexpr std::chrono::milliseconds kLinkPollIdle{100};
inline constexpr std::chrono::milliseconds kLinkPollBusy{2};
/// Time the last answers get to leave when the adapter is told to stop.
inline constexpr std::chrono::milliseconds kDrainMax{2'000};

// --- The client -------------------------------------------------------------------------------
inline constexpr std::chrono::seconds kClientAnswerMax{60};
inline constexpr std::chrono::seconds kClientConnectMax{10};

}  // namespace carehub::adapters::clinic
