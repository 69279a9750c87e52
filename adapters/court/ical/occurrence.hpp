// From a file's events to dated occurrences: versions sorted out, series expanded, exceptions and
// overrides applied (RFC 5545 3.8.4.4, 3.8.5; domain: iCalendar).
//
// Contract: of one (UID, RECURRENCE-ID) the highest SEQUENCE counts, then DTSTAMP, then the later
// in the file. Series are listed from kExpansionBack before `now` to kExpansionAhead after it;
// single events and overrides always. An event that cannot be placed in time is refused in
// `report`, and its series with it, never half of it. Errors: Io from the expanding process.
// Lifetime: occurrences borrow the events. Threads: confined to one thread.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "adapters/court/ical/calendar_event.hpp"
#include "adapters/court/ical/zone_resolver.hpp"
#include "adapters/court/site.hpp"
#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {

struct Occurrence {
    const CalendarEvent* event = nullptr;  ///< whose words count: the series' or the override's
    std::string recurrence_id = "-";       ///< original start: "20260406" or "20260406T130000Z"
    UtcTime start{};
    UtcTime end{};
    Date local_day{};
    bool date_only = false;
    std::string zone;
    TimeFlags flags;
    bool cancelled = false;
};

struct OccurrenceOptions {
    const Site& site;
    UtcTime now{};
};

/// `zones`: one resolver for each calendar of the file.
[[nodiscard]] Result<std::vector<Occurrence>> list_occurrences(
    std::span<const CalendarEvent> events, std::deque<ZoneResolver>& zones,
    const OccurrenceOptions& options, Report& report);

}  // namespace carehub::adapters::court
