// One block of a partner's calendar, and what a notice makes of it.
//
// Contract: an obligation is one entry for all its versions, by the notice's key. Told busy only,
// it says that the person is busy and nothing else; told reduced or in full, what it is and where.
// The person is named by identifiers of the recipient's own. An end that is not known is 30 minutes
// after the start of an obligation, kOpenEndLength after that of a stay, and the entry says so; a
// calendar moves the latter on while it lasts. A stay that is told to be over is never
// open: where it ends no later than it began (the day alone was known), it is 30 minutes long. What
// became of something that is over (kept, missed) is not for a calendar. Custody is told where it
// is told by name: busy only it has no times.
// Threads: any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "adapters/kit/out/told_period.hpp"
#include "hub/model/notice.hpp"
#include "hub/model/refusal.hpp"

namespace carehub::adapters {

/// RFC 5545, section 3.8.1.11, of a VEVENT.
enum class EntryStatus : std::uint8_t { Confirmed, Tentative, Cancelled };

struct EntryContent {
    ToldPeriod period;     ///< either date, or start and a later end
    bool is_open = false;  ///< it lasts until somebody tells its end
    EntryStatus status = EntryStatus::Confirmed;
    bool takes_time = true;
    std::string summary;
    std::string location;
    std::string description;
    std::vector<std::string> clients;  ///< "AUTHORITY TYPE VALUE"
    friend bool operator==(const EntryContent&, const EntryContent&) = default;
};

struct CalendarEntry {
    std::string key;               ///< of the notices that tell of it
    std::uint32_t sequence = 0;    ///< RFC 5545, section 3.8.7.4
    UtcTime stamp = kUnknownTime;  ///< when this version was told
    std::uint64_t number = 0;      ///< of the notice that told it, at its first attempt
    std::string series;            ///< what the key of its series begins with; empty: of none
    EntryContent content;
    friend bool operator==(const CalendarEntry&, const CalendarEntry&) = default;
};

/// The kinds that may change a calendar.
[[nodiscard]] std::vector<EventKind> calendar_kinds();
/// What an event of this kind tells of will not be.
[[nodiscard]] bool cancels_entry(EventKind kind);

/// `known`: what stands there by now, or null. Nothing: the notice is not for a calendar. A refusal
/// where it names nobody or has no key.
[[nodiscard]] tl::expected<std::optional<EntryContent>, Refusal> content_of(
    const Notice& notice, const EntryContent* known);

/// The recipient's own identifiers of the person, "AUTHORITY TYPE VALUE".
[[nodiscard]] std::vector<std::string> clients_of(const Notice& notice);

/// The first instant that the entry occupies.
[[nodiscard]] UtcTime begin_of(const EntryContent& content);
/// The last one.
[[nodiscard]] UtcTime end_of(const EntryContent& content);

}  // namespace carehub::adapters
