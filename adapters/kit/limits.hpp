// Bounds of the adapters' kit: a name, a unit, a reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "hub/base/limits.hpp"

namespace carehub::adapters {

// --- Comma-separated values -----------------------------------------------------------------
/// The longest cell a partner sends is a note; a larger one is a quote that was never closed.
inline constexpr std::size_t kCsvCellBytesMax = 65'536;
/// The widest known table (HMIS Enrollment) has about a hundred columns.
inline constexpr std::size_t kCsvRowCellsMax = 1'024;
/// A county's whole history in one table, several times over.
inline constexpr std::uint64_t kCsvRowsMax = 50'000'000;
/// Bytes asked of the file system at once.
inline constexpr std::size_t kCsvBufferBytes = 65'536;

// --- What a feed tells of itself --------------------------------------------------------------
/// Refused records of a file above which the feed itself is told to be wrong (glossary 6).
inline constexpr std::uint64_t kRefusedPercentMax = 2;

// --- Fetching -------------------------------------------------------------------------------
/// A feed that is asked for; a county's busiest calendar has a few MiB.
inline constexpr std::size_t kFetchBytesMax = 33'554'432;
/// The whole answer, over a slow line.
inline constexpr std::chrono::milliseconds kFetchAnswerMax{60'000};
/// How often an address is asked: courtesy towards its owner (domain: iCalendar), a day at most.
inline constexpr std::chrono::minutes kFetchEvery{60};
inline constexpr std::chrono::minutes kFetchEveryMin{15};
inline constexpr std::chrono::minutes kFetchWaitMax{1'440};

// --- Lists by profile -----------------------------------------------------------------------
/// A JSON list is held in memory as a whole, in several times its size.
inline constexpr std::size_t kJsonListBytesMax = 33'554'432;
/// Formats of one column: what several clerks type.
inline constexpr std::size_t kTimeFormatsMax = 20;
/// Rows that a sketch of a profile looks at.
inline constexpr std::uint64_t kSketchRowsMax = 1'000;

// --- Files ----------------------------------------------------------------------------------
/// Bytes of a file hashed at once.
inline constexpr std::size_t kHashBufferBytes = 65'536;
/// What the kit reads as a whole: its own state file, which holds a feed's known rows.
inline constexpr std::size_t kStateBytesMax = 1'073'741'824;
/// A configuration is written by a person.
inline constexpr std::size_t kConfigBytesMax = 1'048'576;

// --- Files larger than the memory -----------------------------------------------------------
/// A sealed stream is sealed in pieces of this size.
inline constexpr std::size_t kStreamPieceBytes = 262'144;
/// Pieces of one stream: its number and the piece's share 64 bits.
inline constexpr std::uint64_t kStreamPiecesMax = std::uint64_t{1} << 24;
/// Events gathered before they are sorted and put aside: what a large file's events may take.
inline constexpr std::size_t kOrderedRunBytes = 33'554'432;

// --- The spool ------------------------------------------------------------------------------
/// Disk a feed may fill while the hub is away; a file that finds no room waits in its folder. The
/// first reading of a county's housing export (1 GB) gives 1.5 GB of events.
inline constexpr std::uint64_t kSpoolBytesMax = 4'294'967'296;
/// A segment is closed at this size; a transaction is never cut in two.
inline constexpr std::uint64_t kSpoolSegmentBytesMax = 16'777'216;
/// One item: an encoded submission and where it came from.
inline constexpr std::size_t kSpoolItemBytesMax = kEventBytesMax + 1'024;
/// Bytes gathered before they are written.
inline constexpr std::size_t kSpoolBufferBytes = 1'048'576;
/// What has its receipt is kept for a hub that is restored from a backup and lost it: so long, and
/// so much of it, whichever is less.
inline constexpr std::chrono::days kSpoolKeptFor{7};
inline constexpr std::uint64_t kSpoolKeptBytesMax = 268'435'456;
/// A backup a day may be lost by one mishap; more than a year is an archive, not a spool.
inline constexpr std::int64_t kSpoolKeptDaysMax = 366;
inline constexpr std::int64_t kSpoolKeptMibMax = 65'536;
/// Time between two looks for what has been kept long enough.
inline constexpr std::chrono::minutes kSpoolLetGoInterval{1};
/// Acknowledgements that a crash may forget; the hub answers their repeats `duplicate`.
inline constexpr std::uint64_t kSpoolUnsavedMax = 1'024;

// --- The raw archive ------------------------------------------------------------------------
/// One raw message: the largest that any door of an adapter takes, with room to grow.
inline constexpr std::size_t kRawMessageBytesMax = 8'388'608;
/// Events told of one message at once: a group visit has 64 persons with a few events each.
inline constexpr std::size_t kRawEventsMax = 4'096;
/// How long a raw message is kept: the longest a partner asks "what did we send you then?".
inline constexpr std::chrono::days kRawKeptFor{90};
inline constexpr std::int64_t kRawKeptDaysMax = 3'660;
/// Disk the archive may fill: 90 days of a hospital with 10,000 messages of 2 KiB a day, four times
/// over. The oldest go first.
inline constexpr std::uint64_t kRawKeptBytesMax = 8'589'934'592;
inline constexpr std::int64_t kRawKeptMibMin = 64;
inline constexpr std::int64_t kRawKeptMibMax = 1'048'576;
/// A segment is closed at this size, or when its day is over.
inline constexpr std::uint64_t kRawSegmentBytesMax = 67'108'864;
/// Messages found again by their digest; 16 bytes of memory each. Beyond it the oldest segments go.
inline constexpr std::size_t kRawMessagesMax = 4'000'000;
/// Places kept apart before they are merged into the sorted ones.
inline constexpr std::size_t kRawIndexFreshMax = 4'096;
/// Bytes gathered before they are written: while nobody asks for them to be durable, or while the
/// disk has no room.
inline constexpr std::size_t kRawBufferBytes = 1'048'576;
/// Zeros written ahead of the records, and how many at once: a sync of a file that did not grow is
/// three times as quick.
inline constexpr std::size_t kRawRoomBytes = 4'194'304;
inline constexpr std::size_t kRawZeroBytes = 65'536;
/// Bytes of a damaged segment searched at once for the next whole record.
inline constexpr std::size_t kRawSearchBytes = 65'536;
static_assert(kRawSegmentBytesMax + kRawMessageBytesMax + kRawBufferBytes < 0xFFFF'FFFF,
              "a place in a segment fits 32 bits");

// --- The watched folder ---------------------------------------------------------------------
/// Time between two looks; a file unchanged between two looks is complete.
inline constexpr std::chrono::milliseconds kLookInterval{200};
/// Files and folders of one set (an HMIS export has 20).
inline constexpr std::size_t kSetFilesMax = 1'000;
/// Looks to wait before a file that could not be read is tried again.
inline constexpr unsigned kLooksBeforeRetry = 50;
/// Findings of one file told to the log; all of them are in findings.jsonl.
inline constexpr std::size_t kFindingsLoggedMax = 5;

// --- Notices out ----------------------------------------------------------------------------
/// First and longest wait before a partner's system is tried again; it doubles in between.
inline constexpr std::chrono::milliseconds kTargetWaitFirst{500};
inline constexpr std::chrono::milliseconds kTargetWaitLongest{60'000};
/// Times one notice is handed over without a decision before it counts as refused, so that a
/// message its recipient stumbles over cannot hold up the others for ever: some ten minutes.
inline constexpr unsigned kUndecidedMax = 12;
/// Settled notices remembered in case the hub did not hear of it and sends them again.
inline constexpr std::size_t kSettledKeptMax = 64;
/// How long after a notice was settled the link is asked often: the next one follows at once.
inline constexpr std::chrono::milliseconds kNextNoticeWithin{100};
/// While a notice is under way, a round of a folder's loop waits at most so long.
inline constexpr std::chrono::milliseconds kBusyLoopWait{5};
inline constexpr std::chrono::milliseconds kConnectMax{10'000};
/// For the whole answer; a partner's system that takes longer is busy with something else.
inline constexpr std::int64_t kAnswerSecondsMin = 1;
inline constexpr std::int64_t kAnswerSecondsMax = 300;
inline constexpr std::chrono::seconds kAnswerUsual{30};
/// A connection that was silent for longer is opened anew: something on the way may have let it go.
inline constexpr std::chrono::seconds kConnectionReuseMax{15};
/// Bytes of an answer that are looked at; what follows is not read.
inline constexpr std::size_t kAnswerBytesMax = 65'536;
inline constexpr std::size_t kAnswerReadBytes = 16'384;
/// Of a recipient's own words, as the hub keeps them.
inline constexpr std::size_t kWordsBytesMax = 300;
static_assert(kWordsBytesMax <= kFreeTextBytesMax);
/// A secret or a token is a line somebody pasted.
inline constexpr std::size_t kSecretBytesMin = 16;
inline constexpr std::size_t kSecretBytesMax = 4'096;
/// Bytes of an address.
inline constexpr std::size_t kEndpointBytesMax = 2'048;

// --- Files dropped for a partner ------------------------------------------------------------
/// Blocks of one calendar: a large agency's clients, some ten each; a file of some 10 MiB.
inline constexpr std::size_t kCalendarEntriesMax = 20'000;
/// How long what is over or cancelled stays in a calendar, unless told otherwise: every subscriber
/// that looks once a month has seen it.
inline constexpr std::int64_t kCalendarKeepDays = 30;
inline constexpr std::int64_t kCalendarKeepDaysMin = 1;
inline constexpr std::int64_t kCalendarKeepDaysMax = 366;
inline constexpr std::chrono::minutes kCalendarTidyEvery{60};
/// An obligation whose end nobody told is as long as the usual one. What lasts until its end is
/// told is shown for so long ahead, and no longer in all than the hub looks ahead (400 days).
inline constexpr std::chrono::minutes kUnknownEndLength{30};
inline constexpr std::chrono::days kOpenEndLength{30};
inline constexpr std::chrono::days kOpenEndMax{400};

// --- Sending --------------------------------------------------------------------------------
/// First and longest wait before a retryable refusal is sent again; it doubles in between.
inline constexpr std::chrono::milliseconds kRetryFirst{500};
inline constexpr std::chrono::milliseconds kRetryLongest{60'000};
/// The last receipt is made durable so often while receipts come.
inline constexpr std::chrono::milliseconds kReceiptSaveInterval{1'000};
/// One round of the adapter's loop waits at most so long for the hub.
inline constexpr std::chrono::milliseconds kLoopWait{100};
static_assert(kLoopWait <= kLookInterval);

}  // namespace carehub::adapters
