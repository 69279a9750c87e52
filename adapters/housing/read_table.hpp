// Reads one table of an export row by row.
//
// Contract: a row that is no csv, or does not fit its header, is refused alone and not given on.
// Errors: Io; Invalid, naming the file, when the header or the table as a whole cannot be read.
// Threads: confined to one thread.
#pragma once

#include <functional>
#include <optional>

#include "adapters/housing/export_set.hpp"
#include "adapters/housing/table.hpp"

namespace carehub::adapters::housing {

using OnRow = std::function<void(Row&)>;

[[nodiscard]] Status read_table(const ExportSet& set, std::string_view name, Report& report,
                                const OnRow& on_row);

/// The header alone; nothing for an empty file.
[[nodiscard]] Result<std::optional<Header>> read_header(const ExportSet& set,
                                                        std::string_view name);

}  // namespace carehub::adapters::housing
