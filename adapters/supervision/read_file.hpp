// Reads a file of an agency or a jail (CSV or JSON by profile) into events.
//
// Contract: pure but for the file: the same file, site, memory and file time give the same events. A
// row that says what it said the last time gives nothing; a bad row, and one that contradicts another
// of its file, becomes a refusal with line, field and fix, and the others go in. Only what the agency wrote: no row is made up, and but for
// rosters (roster.hpp) one that left the table means nothing. Errors: Io when the file cannot be
// read; Damaged for a memory of another format. Threads: any thread.
#pragma once

#include <filesystem>
#include <string>

#include "adapters/kit/partner_kind.hpp"
#include "adapters/kit/table/table_reader.hpp"
#include "adapters/supervision/known_rows.hpp"
#include "adapters/supervision/site.hpp"

namespace carehub::adapters::supervision {

/// `state` is the memory as text; `file_time` stands in where a row does not tell when it changed.
[[nodiscard]] Result<Parsed> read_agency_file(const TableSource& source, const Site& site,
                                              std::string& state, UtcTime file_time);

/// Of every sort of rows but rosters.
[[nodiscard]] Result<Parsed> read_file(const TableSource& source, const Site& site,
                                       KnownRows& known, UtcTime file_time);

/// For the kit's runner: the file's time from the file system.
[[nodiscard]] Result<Parsed> parse_file(const std::filesystem::path& file, const Site& site,
                                        std::string& state);

}  // namespace carehub::adapters::supervision
