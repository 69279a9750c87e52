// What a calendar's occurrences mean to a court: listings with case number, type, room and result.
//
// Contract: a hearing without a case number is refused (RowIncomplete): linking is by case number
// alone, never by name. Summary and description are searched for it and go no further.
// A calendar cut off, a fragment, or a message about single events is not a whole snapshot; nor is
// one with an event refused for another reason than its case number, since it may still be listed.
// Errors: Io from the expanding process. Threads: confined to one thread.
#pragma once

#include <string_view>

#include "adapters/court/reading.hpp"
#include "adapters/court/site.hpp"
#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {

[[nodiscard]] Result<Reading> read_calendar(std::string_view bytes, const Site& site, UtcTime now,
                                            Report& report);

}  // namespace carehub::adapters::court
