// What the readers of all rows ask of cells. Nothing here repeats a cell's content.
// Threads: any thread.
#pragma once

#include <algorithm>
#include <optional>

#include "adapters/kit/table/table_reader.hpp"
#include "adapters/kit/text.hpp"
#include "adapters/kit/told_time.hpp"
#include "adapters/supervision/site.hpp"

namespace carehub::adapters::supervision {

template <class Meaning>
[[nodiscard]] const Meaning* meaning_of(const std::vector<MappedWord<Meaning>>& words,
                                        std::string_view word) {
    const auto found = std::ranges::find_if(words, [&](const MappedWord<Meaning>& mapped) {
        return equal_ignoring_case(mapped.word, word);
    });
    return found == words.end() ? nullptr : &found->meaning;
}

[[nodiscard]] bool is_one_of(const std::vector<std::string>& words, std::string_view word);

/// What holds for every cell we read, so that the rest need not ask: UTF-8, no control character,
/// no longer than the wire takes (`text`: than a condition).
[[nodiscard]] Accepted<void> check_cells(const TableRow& row, const TableProfile& table);

/// The person's number: what the row is linked by.
[[nodiscard]] Accepted<std::string> read_client(const TableRow& row);

/// A date that the row must give, or may: empty is no date then.
[[nodiscard]] Accepted<CivilTime> read_date(const TableRow& row, const TableProfile& table,
                                            std::string_view key);
/// Nothing too for what stands for no date: "0", "NULL", 00/00/0000, 1900-01-01.
[[nodiscard]] Accepted<std::optional<CivilTime>> read_date_if_told(const TableRow& row,
                                                                   const TableProfile& table,
                                                                   std::string_view key);

/// When the row was last changed; nothing when it does not tell or, with a note, not by the format.
[[nodiscard]] std::optional<UtcTime> read_updated(const TableRow& row, const TableProfile& table,
                                                  const Site& site, Report& report);

}  // namespace carehub::adapters::supervision
