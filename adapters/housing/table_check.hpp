// Whether each file of an export is the table its name tells: it has a header, and in it the columns
// without which no row can be told from another.
//
// Contract: looks at headers only. A file that is no table is refused by name and left out of the
// set: it says nothing, as if it were missing. Where an export may not do without the file, or where
// reading on might let a victim service provider's rows through, the whole export is refused: that
// refusal is returned, and nothing was told to the report that still counts.
// Errors: Io; Invalid, naming the file, for a header beyond csv's limits.
// Threads: confined to one thread.
#pragma once

#include <optional>

#include "adapters/housing/export_info.hpp"
#include "adapters/housing/export_set.hpp"
#include "adapters/housing/report.hpp"

namespace carehub::adapters::housing {

[[nodiscard]] Result<std::optional<DocumentRefusal>> leave_out_damaged(ExportSet& set,
                                                                       bool is_delta,
                                                                       Report& report);

}  // namespace carehub::adapters::housing
