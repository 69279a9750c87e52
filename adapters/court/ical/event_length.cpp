#include "adapters/court/ical/event_length.hpp"

#include "adapters/court/limits.hpp"

namespace carehub::adapters::court {
namespace {

Accepted<EventLength> until_end(const CalendarEvent& event, ZoneResolver& zones) {
    EventLength length;
    if (event.start.date_only) {
        length.days = std::chrono::floor<std::chrono::days>(event.end->local - event.start.local);
    } else {
        const UtcTime start = zones.resolve(event.start).time;
        const UtcTime end = zones.resolve(*event.end).time;
        length.exact = std::chrono::floor<std::chrono::seconds>(end - start);
    }
    if (length.days.count() < 0 || length.exact.count() < 0) {
        return refuse(RefusalReason::InvalidField, "DTEND", "the event ends before it begins",
                      "Correct DTSTART or DTEND (RFC 5545 3.8.2.2).");
    }
    return length;
}

}  // namespace

Accepted<EventLength> length_of(const CalendarEvent& event, ZoneResolver& zones,
                                std::chrono::minutes default_length) {
    EventLength length;
    if (event.end) {
        auto until = until_end(event, zones);
        if (!until) {
            return until;
        }
        length = *until;
    } else if (event.length) {
        length.days = event.length->days;
        length.exact = event.length->exact;
    }
    if (length.days > kHearingMax || length.exact > kHearingMax) {
        return refuse(RefusalReason::InvalidField, "DTEND", "no hearing lasts longer than a year",
                      "Correct DTEND or DURATION, or send a series.");
    }
    if (event.start.date_only) {
        length.days =
            std::max(length.days, std::chrono::days{1});  // a day listed is one day at least
        length.exact = {};
    } else if (length.days.count() == 0 && length.exact.count() == 0) {
        length.exact = default_length;
        length.assumed = true;
    }
    return length;
}

}  // namespace carehub::adapters::court
