// A hearing list as CSV, read by the profile's columns and formats: rows become listings.
//
// Contract: the first row is the header; columns are found by name, in any order. A bad row is
// refused with its line, the others stand. No time, or a word such as TBD, makes a soft block.
// Errors: Io when the file cannot be read; everything else is a refusal. Threads: any thread.
#pragma once

#include <filesystem>

#include "adapters/court/reading.hpp"
#include "adapters/court/report.hpp"
#include "adapters/court/site.hpp"

namespace carehub::adapters::court {

/// Requires site.csv.
[[nodiscard]] Result<Reading> read_table(const std::filesystem::path& file, const Site& site,
                                         Report& report);

}  // namespace carehub::adapters::court
