// A calendar's entries as iCalendar (RFC 5545), written by libical. The kit's one door to it.
//
//   BEGIN:VCALENDAR                    VERSION:2.0, PRODID, METHOD:PUBLISH, X-PUBLISHED-TTL
//   BEGIN:VEVENT
//   UID                                the key of the notices, at "carehub"
//   SEQUENCE, DTSTAMP, LAST-MODIFIED   0 and up; when this version was told
//   DTSTART, DTEND                     UTC; or VALUE=DATE where the day alone is known
//   STATUS, TRANSP, CLASS:PRIVATE
//   SUMMARY, LOCATION, DESCRIPTION
//   X-CAREHUB-CLIENT                   "AUTHORITY TYPE VALUE", once for each of the recipient's own
//
// Contract: lines end with CRLF and are folded at 75 octets; texts are escaped. The texts of
// entries joined between the two parts of a calendar are the calendar. Threads: confined to one.
#pragma once

#include <string>

#include "adapters/kit/drop/calendar_entry.hpp"

namespace carehub::adapters {

[[nodiscard]] std::string ical_event(const CalendarEntry& entry);

/// What stands before and behind the entries.
struct IcalFrame {
    std::string begin;
    std::string end;
};
[[nodiscard]] IcalFrame ical_frame();

}  // namespace carehub::adapters
