// A calendar file as text: cut into calendars and components, unfolded, with line numbers.
//
// This stage makes the file safe for the library: depth and size are bounded here, a component that
// is not closed spoils itself alone, and folding is undone before anything looks at UTF-8, since a
// fold may cut a character in two (RFC 5545 3.1). Nested components of an event (alarms) are left
// out. Threads: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {

struct ComponentText {
    std::string name;        ///< "VEVENT"
    std::uint64_t line = 0;  ///< of its BEGIN, 1-based
    std::string text;        ///< unfolded, CRLF, BEGIN to END
    bool closed = false;     ///< its own END was met, and nested ones matched
    bool too_large = false;
    bool has_nul = false;
};

struct CalendarText {
    std::uint64_t line = 0;
    std::string method;  ///< upper case; empty when the calendar names none
    std::vector<ComponentText> components;
    bool fragment = false;  ///< components stand in the file without a VCALENDAR around them
};

struct CalendarFile {
    std::vector<CalendarText> calendars;
    bool truncated = false;  ///< a component or calendar never closed: not a whole snapshot
};

/// Errors: CharacterSet for UTF-16 and UTF-32, FormatUnreadable when no calendar begins, TooLarge.
[[nodiscard]] Accepted<CalendarFile> cut_calendars(std::string_view bytes);

/// Name of an unfolded content line, upper case: "DTSTART" of "dtstart;TZID=X:...".
[[nodiscard]] std::string property_name(std::string_view line);

}  // namespace carehub::adapters::court
