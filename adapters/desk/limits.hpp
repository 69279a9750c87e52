// Bounds of the desk: a name, a unit, a reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace carehub::adapters::desk {

// --- Persons and what waits for them --------------------------------------------------------
/// Persons of one desk: a county's case managers and supervisors. Each has a session of its own.
inline constexpr std::size_t kPersonsMax = 200;
/// Notices that wait for one person; above it the hub keeps them.
inline constexpr std::size_t kWaitingMax = 1'000;
/// Notices a session may have under way.
inline constexpr std::uint32_t kNoticesUnderWay = 16;
/// A staff.csv is looked at again so often.
inline constexpr std::chrono::seconds kDirectoryLookEvery{5};

// --- When -----------------------------------------------------------------------------------
/// 13-decisions, quiet hours: of whom the directory tells none.
inline constexpr std::chrono::minutes kQuietFrom{20 * 60};
inline constexpr std::chrono::minutes kQuietUntil{7 * 60};
inline constexpr std::int64_t kDigestHour = 8;

// --- The truth before sending ---------------------------------------------------------------
/// Questions about alerts under way at once; a session may have 16 of all kinds.
inline constexpr std::size_t kTruthsAtOnce = 6;
/// A hub that takes longer is away: the notice waits.
inline constexpr std::chrono::milliseconds kTruthWaitMax{5'000};
/// An answer is acted on within this time, or asked for again.
inline constexpr std::chrono::milliseconds kTruthValid{1'000};
/// Situations of one digest; what is left goes in the next one at once.
inline constexpr std::size_t kDigestMax = 50;

// --- Attempts -------------------------------------------------------------------------------
/// First and longest wait before one notice is tried again; it doubles in between.
inline constexpr std::chrono::milliseconds kTryWaitFirst{1'000};
inline constexpr std::chrono::milliseconds kTryWaitLongest{300'000};
/// From when it was due: a mail server that is away for longer is a matter for people. At most some
/// 300 attempts.
inline constexpr std::chrono::hours kTryFor{24};

// --- Mail -----------------------------------------------------------------------------------
inline constexpr std::chrono::milliseconds kMailConnectMax{10'000};
/// One answer of the server. libcurl waits for the last one without giving the thread back, so it
/// stays below the 15 s after which the hub takes a session for dead.
inline constexpr std::chrono::milliseconds kMailAnswerMax{10'000};
inline constexpr std::chrono::milliseconds kMailWholeMax{60'000};
static_assert(kMailAnswerMax < std::chrono::milliseconds{15'000});
/// A password is the mail server's choice.
inline constexpr std::size_t kMailPasswordBytesMin = 1;
/// Letters of a line of text; RFC 5322 allows 78.
inline constexpr std::size_t kMailLineMax = 72;
/// An address (RFC 5321, section 4.5.3.1).
inline constexpr std::size_t kAddressBytesMax = 254;

// --- Calendars ------------------------------------------------------------------------------
inline constexpr std::size_t kTokenBytes = 32;
/// Whoever deletes a token has the old calendar gone within a second.
inline constexpr std::chrono::milliseconds kTokenLookEvery{250};
/// Clients of one person; a limited caseload has 20.
inline constexpr std::size_t kFeedClientsMax = 500;
/// Everything is asked for again so often, in minutes: what ends by the calendar is told by nobody.
inline constexpr std::int64_t kFeedRefresh = 60;
inline constexpr std::int64_t kFeedRefreshMin = 15;
inline constexpr std::int64_t kFeedRefreshMax = 1'440;
/// How long before its end a duty's entry begins.
inline constexpr std::chrono::minutes kDutyLength{30};

// --- The loop -------------------------------------------------------------------------------
inline constexpr std::chrono::milliseconds kRound{50};
inline constexpr std::chrono::milliseconds kBusyRound{5};
/// In a simulation each look is a short session of its own.
inline constexpr std::chrono::milliseconds kHubTimeEvery{500};

}  // namespace carehub::adapters::desk
