// When a row of a hearing list says that a hearing is, in the words that courts put into such cells.
//
// Contract: "9:00 AM" is that time; "9:00 AM - 10:30 AM" tells its end as well; "1:30 PM - call list"
// says that many cases are called from then on; an empty cell, "TBD", "ALL WEEK" and the profile's
// no_time tell no time, and neither does midnight on the court's clock, at which no court sits and
// exports write that no time is known. Anything else is nothing. Threads: any thread.
#pragma once

#include <optional>
#include <string_view>

#include "adapters/court/site.hpp"

namespace carehub::adapters::court {

struct ToldClock {
    CivilTime from;  ///< without a time of day where none is told
    std::optional<CivilTime> until;
    bool is_call_list = false;
};

/// A cell of its own for the time.
[[nodiscard]] std::optional<ToldClock> read_clock(const Site& site, const HearingTable& list,
                                                  std::string_view cell);

/// A cell with the date, and with the time where its format holds one; "1/5/2027 TBD" is a date.
[[nodiscard]] std::optional<CivilTime> read_day(const Site& site, const HearingTable& list,
                                                std::string_view cell);

}  // namespace carehub::adapters::court
