// How a partner's list is written, from its profile's [csv] or [json]:
//
//   encoding = "windows-1252"                 utf-8 unless told; iso-8859-1, utf-16
//   separator = ";"                           CSV: a comma unless told; "\t"
//   rows = "courtLists[].hearing[].case[]"    JSON: the path to the rows (json_rows.hpp)
//   date_format, time_format, updated_format  a format or a list of them (time_formats.hpp)
//   columns                                   keys of the kind = column names, or paths
//
// Contract: keys that neither this page nor the kind knows are refused by name; of the columns the
// required ones are there. Errors: Invalid, naming table and key. Threads: plain data.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "adapters/kit/csv_reader.hpp"
#include "adapters/kit/table/columns.hpp"
#include "adapters/kit/time_formats.hpp"

namespace carehub::adapters {

struct TableProfile {
    std::string section;  ///< "csv" or "json"
    CsvForm form;         ///< of JSON the encoding alone
    std::string rows;     ///< of JSON
    TimeFormats date_format;
    TimeFormats time_format;
    TimeFormats updated_format;  ///< may be empty
    Columns columns;
    std::vector<std::string_view> core;  ///< of its kind, as in TableKeys

    [[nodiscard]] bool is_json() const { return section == "json"; }
};

/// What a kind's tables may say.
struct TableKeys {
    std::vector<std::string_view> columns;
    std::vector<std::string_view> required;
    std::vector<std::string_view> more;  ///< keys beside the common ones
    /// Columns that a hollow row (json_rows.hpp) has to fill to tell anything; none: the required ones.
    std::vector<std::string_view> core = {};
};

/// Nothing when the profile has no such section. Formats default to YYYY-MM-DD and HH:mm in CSV, to
/// ISO in JSON.
[[nodiscard]] Result<std::optional<TableProfile>> read_table_profile(const toml::table& root,
                                                                     std::string_view section,
                                                                     const TableKeys& keys);

}  // namespace carehub::adapters
