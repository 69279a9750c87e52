// From a calendar's times to instants: which zone a TZID means, and what a local time is in it.
//
// Order: UTC; IANA name; Windows name or label; the calendar's own VTIMEZONE (by its IANA location
// when it gives one); the feed's zone with AssumedZone, which is also what a floating time gets.
// Contract: zones handed out live as long as the resolver. A zone IANA does not know goes by the
// name of the feed's zone: what leaves are instants, and that name is where people read them.
// Lifetime: borrows the feed's zone. Threads: confined to one thread.
#pragma once

#include <map>
#include <string>

#include "adapters/court/ical/calendar_value.hpp"
#include "adapters/court/ical/component.hpp"
#include "hub/base/time_zone.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::court {

struct ChosenZone {
    const TimeZone* zone = nullptr;
    bool assumed = false;
};

struct Instant {
    UtcTime time{};
    TimeFlags flags;
};

class ZoneResolver {
public:
    explicit ZoneResolver(const TimeZone& feed_zone);

    /// Makes a VTIMEZONE known under its TZID; it is read only if a time asks for it.
    void add_definition(Component definition);

    [[nodiscard]] ChosenZone zone_of(const CalendarTime& time);
    [[nodiscard]] Instant resolve(const CalendarTime& time);
    [[nodiscard]] const TimeZone& feed_zone() const { return feed_zone_; }

    [[nodiscard]] static Instant resolve_in(const ChosenZone& zone, LocalTime local);

private:
    [[nodiscard]] ChosenZone find(const std::string& tzid);
    [[nodiscard]] const TimeZone* load(std::string_view iana_name);
    [[nodiscard]] const TimeZone* define(const std::string& tzid);

    const TimeZone& feed_zone_;
    TimeZone utc_;
    std::map<std::string, Component, std::less<>> definitions_;  ///< VTIMEZONEs by TZID
    std::map<std::string, TimeZone, std::less<>> loaded_;        ///< by IANA name
    std::map<std::string, TimeZone, std::less<>> defined_;       ///< made of a VTIMEZONE, by TZID
    std::map<std::string, ChosenZone, std::less<>> chosen_;      ///< by TZID
};

}  // namespace carehub::adapters::court
