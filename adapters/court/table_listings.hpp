// A hearing list as CSV or JSON, read by the profile's columns and formats: rows become listings,
// warrants, or one of each.
//
// Contract: columns are found by name or path, in any order. A bad row is refused with its line or
// number, the others stand. No time, or a word such as TBD, makes a soft block. Hearings of one case,
// type and day share a key until number_hearings() tells them apart (hearing_numbers.hpp).
// Errors: Io when the file cannot be read; everything else is a refusal. Threads: any thread.
#pragma once

#include "adapters/court/reading.hpp"
#include "adapters/court/site.hpp"
#include "adapters/kit/table/table_reader.hpp"

namespace carehub::adapters::court {

[[nodiscard]] Result<Reading> read_hearings(const TableSource& source, const Site& site,
                                            const HearingTable& list, Report& report);

}  // namespace carehub::adapters::court
