// How long an event lasts, and so when an occurrence of it ends. Threads: any thread.
#pragma once

#include "adapters/court/ical/calendar_event.hpp"
#include "adapters/court/ical/zone_resolver.hpp"

namespace carehub::adapters::court {

struct EventLength {
    std::chrono::days days{};      ///< on the clock; for all-day events at least one
    std::chrono::seconds exact{};  ///< added after the days
    bool assumed = false;          ///< the calendar names no end
};

/// InvalidField when the event ends before it begins or lasts beyond kHearingMax.
[[nodiscard]] Accepted<EventLength> length_of(const CalendarEvent& event, ZoneResolver& zones,
                                              std::chrono::minutes default_length);

}  // namespace carehub::adapters::court
