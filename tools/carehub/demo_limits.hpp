// How long the demonstration waits for what, before it says that something is wrong.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace carehub::tool::demo {

using std::chrono::milliseconds;

/// A process starts, recovery of a whole county's journal included.
inline constexpr milliseconds kReadyMax{60'000};
/// A process drains and ends.
inline constexpr milliseconds kStopMax{30'000};
/// One import or question on the command line.
inline constexpr milliseconds kCommandMax{300'000};
/// A day's files are read, sent and answered.
inline constexpr milliseconds kDayMax{300'000};
/// A session begins.
inline constexpr milliseconds kConnectMax{20'000};
/// Between two looks at a condition.
inline constexpr milliseconds kLookAgain{20};
/// Days between two readings of all alerts: a hub shows what is over for thirty of them.
inline constexpr unsigned kAlertsReadEvery = 20;
/// Events asked for by name: each question is an entry of its own, and a run that is compared with
/// another is a small one.
inline constexpr std::size_t kEvidenceAskedMax = 2'000;
/// Alerts whose number stands still for so long are all there.
inline constexpr milliseconds kQuiet{500};
/// An alert that is not readable by then counts as not detected; the promise is one second.
inline constexpr milliseconds kDetectionMax{5'000};
/// Times one HL7 message is sent, when the hub is killed under it.
inline constexpr unsigned kAttemptsMax = 5;
/// The hub is killed at most so long after a message or a file was handed over.
inline constexpr std::uint64_t kKillAfterMessageMicrosMax = 6'000;
inline constexpr std::uint64_t kKillAfterFilesMicrosMax = 600'000;
/// One kill in so many hits the reading of files, the others a message under way.
inline constexpr std::uint64_t kKillsPerFilesKill = 4;
/// Differences that are printed; more are counted.
inline constexpr std::size_t kDifferencesShownMax = 40;
inline constexpr std::size_t kTrailLinesShown = 12;
inline constexpr std::size_t kPageLinesShown = 16;
inline constexpr std::size_t kAlertsShown = 3;

}  // namespace carehub::tool::demo
