// The bounds of the clinic adapter: a name, a unit, a reason.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

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

/// An end that lies so far ahead of its message is planned; below it clocks differ.
inline constexpr std::chrono::minutes kClocksApartMax{5};

/// Years of age from which nobody asks how old a patient is (domain/07: 6, 13).
inline constexpr int kAgeToldBelow = 18;

// --- One FHIR document --------------------------------------------------------------------------
/// Bytes of one body; a notification with its patient, places and people has some twenty thousand.
inline constexpr std::size_t kFhirDocumentBytesMax = 1'048'576;
/// Levels of nesting; the standard's own examples need fewer than twenty.
inline constexpr unsigned kFhirDepthMax = 32;
/// Entries of one bundle: a page of a search, not an export.
inline constexpr std::size_t kFhirEntriesMax = 1'024;
/// Items of any other list that are read; what follows is ignored with a finding.
inline constexpr std::size_t kFhirItemsMax = 256;
/// Identifiers of a place, a person of staff or a record that are looked at for its name.
inline constexpr std::size_t kFhirNamesMax = 8;
/// Events of one document: few patients named often must not become many large events.
inline constexpr std::size_t kFhirEventsMax = 1'024;
/// Bytes of an id, section 2.24.0.1.
inline constexpr std::size_t kFhirIdBytesMax = 64;

// --- One file of messages -----------------------------------------------------------------------
/// Bytes of one file: a hospital's day, many times over.
inline constexpr std::size_t kBatchBytesMax = 268'435'456;
/// Messages of one file: their events become durable in one step.
inline constexpr std::size_t kBatchMessagesMax = 200'000;
/// Findings kept of one file.
inline constexpr std::size_t kBatchFindingsMax = 10'000;

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
/// Of one address: it cannot keep all others out.
inline constexpr std::size_t kConnectionsOfAddressMax = 128;
/// Before the next connection is accepted after one that could not be.
inline constexpr std::chrono::milliseconds kAcceptPause{100};
/// TCP keep-alive: a silent peer is asked after the first, then every second, so often.
inline constexpr int kKeepAliveIdleS = 60;
inline constexpr int kKeepAliveEveryS = 10;
inline constexpr int kKeepAliveProbes = 6;
/// For an answer to leave: a sender that takes none is let go.
inline constexpr std::chrono::seconds kReplyMax{30};
/// Bytes outside of any frame after which a connection is no MLLP.
inline constexpr std::uint64_t kStrayBytesMax = 65'536;
/// A client that does not finish its TLS handshake by then is let go.
inline constexpr std::chrono::seconds kHandshakeMax{10};
/// From the first byte of a message to its last, 1 MiB over a slow line included.
inline constexpr std::chrono::seconds kFrameMax{120};
/// Networks and client names of a listener.
inline constexpr std::size_t kListenListMax = 256;
/// Kinds of findings told in the log, each once.
inline constexpr std::size_t kKnownFindingsMax = 1'000;
/// Bytes read from a connection at a time.
inline constexpr std::size_t kReadBytes = 16'384;
/// How long the control ids of messages are remembered (domain/01: at least 14 days),
inline constexpr std::chrono::days kControlIdsKept{14};
/// and of how many messages: some 35,000 a day of one feed, 40 MB.
inline constexpr std::size_t kControlIdsMax = 500'000;
/// So long without another one, and control ids are no longer used again.
inline constexpr std::chrono::hours kReuseOverAfter{24};
/// Appointments and visits whose last message is remembered, to tell a late one: 40 MB.
inline constexpr std::size_t kOrderedKeysMax = 500'000;
/// A sender waits about half a minute for its answer; we say "try again" before it gives up.
inline constexpr std::chrono::seconds kAnswerMax{20};
/// Pause before a retryable refusal is submitted again.
inline constexpr std::chrono::milliseconds kRetryPause{250};
/// Messages that leave for the hub together: it begins with them while others are still read.
inline constexpr std::size_t kMessagesAtOnce = 16;
/// How often the link is asked for news when its descriptor stays silent.
inline constexpr std::chrono::milliseconds kLinkPollIdle{100};
inline constexpr std::chrono::milliseconds kLinkPollBusy{2};
/// Wakes of the link's descriptor between two of these looks: one that stays readable for nothing
/// does not keep the loop spinning.
inline constexpr unsigned kLinkWakesMax = 256;
/// How often the archive is asked to let go of what is old.
inline constexpr std::chrono::minutes kLetGoEvery{60};
/// Time the last answers get to leave when the adapter is told to stop.
inline constexpr std::chrono::milliseconds kDrainMax{2'000};

// --- The FHIR endpoint ------------------------------------------------------------------------
inline constexpr std::uint32_t kHttpHeaderBytesMax = 8'192;
/// A document above that is refused before it is read.
inline constexpr std::uint64_t kHttpBodyBytesMax = kMessageBytesMax;
/// Addresses whose last body is remembered; with one more all are forgotten.
inline constexpr std::size_t kPutAddressesMax = 100'000;
/// Addresses of which at least is remembered whom they named: some 1.5 KB each, twice as many at most.
inline constexpr std::size_t kNamedAddressesMax = 10'000;
/// From a request's first byte to its last, and for an answer to leave.
inline constexpr std::chrono::seconds kHttpRequestMax{30};
inline constexpr std::chrono::seconds kHttpIdleMax{60};
/// For the rest of a refused request to arrive before the connection is closed over it.
inline constexpr std::chrono::seconds kHttpLinger{2};
/// Bearer tokens of a configuration.
inline constexpr std::size_t kTokensMax = 64;

// --- The client -------------------------------------------------------------------------------
inline constexpr std::chrono::seconds kClientAnswerMax{60};
inline constexpr std::chrono::seconds kClientConnectMax{10};

}  // namespace carehub::adapters::clinic
