// The entries of a partner's calendar as they were told, and what the next notice changes.
//
// Contract: a change of what an entry says raises its SEQUENCE; the same again changes nothing. A
// notice that is told again, and is older than what stands there, is no change. A cancelled entry
// stays as cancelled for `keep` after it was cancelled, so that whoever follows the calendar takes
// it out; any other goes `keep` after its end. What lasts until somebody tells its end is shown
// until kOpenEndLength from now, moved on when half of that is over, and for kOpenEndMax in all:
// nobody takes the person to be free meanwhile.
// Threads: confined to one.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "adapters/kit/drop/calendar_entry.hpp"
#include "adapters/kit/drop/drop_state.hpp"

namespace carehub::adapters {

/// Nothing: not for a calendar. An entry as it stands already: nothing changes.
using PlannedEntry = tl::expected<std::optional<CalendarEntry>, Refusal>;

class Calendar {
public:
    explicit Calendar(std::chrono::days keep) : keep_(keep) {}

    [[nodiscard]] const std::map<std::string, CalendarEntry>& entries() const { return entries_; }
    [[nodiscard]] const CalendarEntry* find(const std::string& key) const;
    /// Refused with TooManyItems beyond kCalendarEntriesMax.
    [[nodiscard]] PlannedEntry plan(const Notice& notice, UtcTime now) const;
    /// What a cancelled series leaves cancelled: its occurrences of the same person that are still to
    /// come.
    [[nodiscard]] std::vector<CalendarEntry> ended_with(const Notice& notice, UtcTime now) const;
    void put(CalendarEntry entry);
    void remove(const std::string& key) { entries_.erase(key); }
    /// Later versions of what still lasts.
    [[nodiscard]] std::vector<CalendarEntry> lasting(UtcTime now) const;
    /// Keys of what has been kept long enough.
    [[nodiscard]] std::vector<std::string> outlived(UtcTime now) const;

private:
    [[nodiscard]] bool is_outlived(const CalendarEntry& entry, UtcTime now) const;

    std::chrono::days keep_;
    std::map<std::string, CalendarEntry> entries_;  ///< by key
};

/// As it is kept: {"version":1,"told":[ID...],"entries":[...]}
[[nodiscard]] std::string to_text(const Calendar& calendar, const RecentDeliveries& told);
/// Errors: Damaged. Empty text is an empty calendar.
[[nodiscard]] Status read_calendar(std::string_view text, Calendar& calendar,
                                   RecentDeliveries& told);

}  // namespace carehub::adapters
