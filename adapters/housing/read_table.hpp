// Reads one table of an export row by row.
//
// Contract: an error of `on_row` ends the reading. A row that is no csv, or does not fit its header, is refused alone and not given on.
// Errors: Io; Invalid, naming the file, when the header or the table as a whole cannot be read.
// Threads: confined to one thread.
#pragma once

#include <functional>
#include <optional>

#include "adapters/housing/export_set.hpp"
#include "adapters/housing/table.hpp"

namespace carehub::adapters::housing {

using OnRow = std::function<Status(Row&)>;

struct TableRead {
    std::uint64_t rows = 0;    ///< given on
    std::uint64_t unread = 0;  ///< refused before their id could be read
};

[[nodiscard]] Result<TableRead> read_table(const ExportSet& set, std::string_view name,
                                           Report& report, const OnRow& on_row);

/// The header alone; nothing for an empty file, or one whose first row is no csv.
[[nodiscard]] Result<std::optional<Header>> read_header(const ExportSet& set,
                                                        std::string_view name);

}  // namespace carehub::adapters::housing
