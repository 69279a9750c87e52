// One VEVENT as plain data, its times still as written. Nothing here knows of courts.
//
// Contract: `start` is real, but of a cancellation that tells none (RFC 5546 3.2.5: of the instance that
// its RECURRENCE-ID names, else `undated`); `end` or `length`, never both; the rules passed their screen (rule_screen.hpp).
// Threads: plain data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/court/ical/calendar_text.hpp"
#include "adapters/court/ical/calendar_value.hpp"
#include "adapters/kit/report.hpp"
#include "hub/base/bytes.hpp"

namespace carehub::adapters::court {

/// RDATE; as a PERIOD it has a length of its own (RFC 5545 3.8.5.2).
struct AddedTime {
    CalendarTime start;
    std::optional<CalendarTime> end = {};
    std::optional<CalendarDuration> length = {};
};

struct CalendarEvent {
    std::uint64_t line = 0;
    std::size_t calendar = 0;  ///< which of the file's calendars it stands in
    std::string uid;
    CalendarTime start;
    bool undated = false;  ///< cancels all of its UID and tells no start
    std::optional<CalendarTime> end;
    std::optional<CalendarDuration> length;
    std::optional<CalendarTime> recurrence_id;
    bool this_and_future = false;
    std::vector<std::string> rules;
    std::vector<std::string> exception_rules;
    std::vector<AddedTime> added;
    std::vector<CalendarTime> excluded;  ///< EXDATE
    std::uint32_t sequence = 0;
    bool cancelled = false;  ///< STATUS:CANCELLED or METHOD:CANCEL
    bool cancelled_by_method = false;
    bool tentative = false;
    bool transparent = false;
    bool restricted = false;                                ///< CLASS other than PUBLIC
    UtcTime changed_at = kUnknownTime;                      ///< LAST-MODIFIED, else DTSTAMP
    UtcTime stamped_at = kUnknownTime;                      ///< DTSTAMP
    std::map<std::string, std::string, std::less<>> texts;  ///< first value of each other property
    Hash256 raw_sha256{};

    /// The text of a property, empty if it is not there.
    [[nodiscard]] std::string_view text(std::string_view property) const;
};

/// Reads one VEVENT; oddities that refuse nothing go to `report`.
[[nodiscard]] Accepted<CalendarEvent> read_event(const ComponentText& component,
                                                 std::string_view method, Report& report);

}  // namespace carehub::adapters::court
