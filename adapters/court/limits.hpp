// Bounds of the court adapter: what one file, one calendar and one rule may cost us.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace carehub::adapters::court {

// --- Files ----------------------------------------------------------------------------------
/// A calendar is held in memory as a whole; a county's busiest court exports a few MiB.
inline constexpr std::size_t kCalendarBytesMax = 32U << 20U;
/// Listings of one file, recurrences expanded.
inline constexpr std::size_t kListingsMax = 200'000;
inline constexpr std::size_t kComponentsMax = 100'000;
/// Hearings of one case, type and day that are looked for beyond as many as the file has: those it
/// no longer lists.
inline constexpr std::size_t kKeyNumbersBeyond = 16;
/// Leaves room in source_msg_id for a version's digest.
inline constexpr std::size_t kListingKeyBytesMax = 460;
/// One component as text: attachments in base64 make some large.
inline constexpr std::size_t kComponentBytesMax = 1U << 20U;
/// VCALENDAR > VTIMEZONE > STANDARD is three; more is hostile.
inline constexpr std::size_t kComponentDepthMax = 8;
/// A pattern of the profile is tried on this much of a text: std::regex recurses once a character.
inline constexpr std::size_t kPatternTextMax = 500;

// --- Recurrence (RFC 5545 3.3.10) -----------------------------------------------------------
inline constexpr std::chrono::days kExpansionAhead{400};
/// Instances this far back are still listed, so that a late result finds its hearing.
inline constexpr std::chrono::days kExpansionBack{35};
inline constexpr std::uint32_t kInstancesMax = 500;
/// CPU of one rule; one call of the library can take seconds.
inline constexpr std::chrono::milliseconds kExpansionCpuMax{200};
/// Wall clock without a word from the expanding process: it is stuck or starved, and is ended.
inline constexpr std::chrono::milliseconds kExpansionSilenceMax{10'000};
/// RFC 5545 allows one; two are seen.
inline constexpr std::size_t kRulesPerEventMax = 4;
/// Times of day that one rule may name: a morning's and an afternoon's sittings.
inline constexpr std::size_t kTimesOfDayMax = 12;
/// After this many rules that had to be stopped the rest of the file's rules are refused untried.
inline constexpr std::size_t kStoppedRulesMax = 10;
/// No clock was ever further from UTC than that of Manila before 1845, by 15:56.
inline constexpr std::chrono::hours kUtcOffsetMax{16};
/// Offset changes of a calendar's own zone: two a year from 1601 on.
inline constexpr std::uint32_t kZoneInstancesMax = 1'200;

// --- Time -----------------------------------------------------------------------------------
inline constexpr std::chrono::minutes kHearingDefault{60};
/// Ways in which one court says that a time is not known.
inline constexpr std::size_t kNoTimeWordsMax = 50;
inline constexpr std::chrono::minutes kSoftFromDefault{8 * 60};
inline constexpr std::chrono::minutes kSoftUntilDefault{12 * 60};
/// A call list of the afternoon occupies the room until then.
inline constexpr std::chrono::minutes kNoon{12 * 60};
inline constexpr std::chrono::minutes kAfternoonUntil{17 * 60};
/// Longer is an entry about something else, or a slip of the keyboard.
inline constexpr std::chrono::minutes kHearingMax{366 * 24 * 60};

// --- Snapshots (domain: courts) -------------------------------------------------------------
inline constexpr unsigned kFallPercentMax = 40;
/// Below this many rows still ahead a percentage says nothing.
inline constexpr std::size_t kFallRowsMin = 5;
inline constexpr std::uint32_t kMissesUntilUnlisted = 2;
/// How long a listing that is over stays known.
inline constexpr std::chrono::days kStoreMemory{90};
/// How long a warrant stays known that no file states any more.
inline constexpr std::chrono::days kWarrantMemory{400};

}  // namespace carehub::adapters::court
