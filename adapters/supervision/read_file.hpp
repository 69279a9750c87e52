// Reads an agency's check-in table (CSV by column mapping) into events.
//
// Contract: pure but for the file: the same file, site, known rows and file time give the same
// events. A row that says what it said the last time gives nothing; a bad row becomes a refusal
// with line, field and fix, and the others go in. A check-in is only what the agency wrote: no row
// is made up, and one that left the table means nothing. Errors: Io when the file cannot be read;
// Invalid when it is no CSV. A table without the mapped columns is a refusal of its header and
// nothing else. Threads: any thread.
#pragma once

#include <filesystem>
#include <string>

#include "adapters/kit/partner_kind.hpp"
#include "adapters/supervision/known_rows.hpp"
#include "adapters/supervision/site.hpp"

namespace carehub::adapters::supervision {

/// `file_time` stands in where a row does not tell when it was last changed.
[[nodiscard]] Result<Parsed> read_file(const std::filesystem::path& file, const Site& site,
                                       KnownRows& known, UtcTime file_time);

/// The same for the kit's runner: known rows as text, the file's time from the file system.
[[nodiscard]] Result<Parsed> parse_file(const std::filesystem::path& file, const Site& site,
                                        std::string& state);

}  // namespace carehub::adapters::supervision
