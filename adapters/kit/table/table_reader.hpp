// Reads a partner's list, CSV or JSON, by its profile: a row at a time, cells by the kind's keys.
//
// Contract: a row that is no row, and a list that is none, are told to `report` with what to do; a
// column of the profile that the header lacks refuses the whole list, as does a JSON document without
// the rows. The header of a CSV file is its first row, or one of the next ten that has the profile's columns. Rows come in order; a CSV row by its line, a JSON row by its number; a hollow one
// (json_rows.hpp) only if the core of its kind is in it.
// Errors: Io when the file cannot be read; those of `on_row`, which stop the reading.
// Threads: any thread. Lifetime: a row is valid during its call.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>

#include "adapters/kit/report.hpp"
#include "adapters/kit/sha256.hpp"
#include "adapters/kit/table/table_profile.hpp"

namespace carehub::adapters {

class TableRow {
public:
    TableRow(const TableProfile& profile, std::span<const std::size_t> places)
        : profile_(profile), places_(places) {}

    [[nodiscard]] std::uint64_t line() const { return line_; }
    /// Trimmed; empty when the profile names no such column or the row is too short.
    [[nodiscard]] std::string_view cell(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return profile_.columns.has(key); }
    /// What the partner calls the column.
    [[nodiscard]] const std::string& name(std::string_view key) const {
        return profile_.columns.name(key);
    }
    [[nodiscard]] Hash256 fingerprint() const;
    [[nodiscard]] bool is_utf8() const;
    [[nodiscard]] bool has_nul() const;
    /// As many cells as the header has.
    [[nodiscard]] bool is_whole() const { return cells_.size() == width_; }

    void set(std::uint64_t line, std::span<const std::string_view> cells, std::size_t width) {
        line_ = line;
        cells_ = cells;
        width_ = width;
    }

private:
    const TableProfile& profile_;
    std::span<const std::size_t> places_;  ///< of each column of the profile among the cells
    std::span<const std::string_view> cells_;
    std::size_t width_ = 0;
    std::uint64_t line_ = 0;
};

struct TableEnd {
    std::uint64_t rows = 0;  ///< well-formed or not
    bool refused = false;    ///< as a whole
    bool whole = true;       ///< every row was one: it is known whose rows they are
};

/// A list as it lies in a file, or the content of such a file. Lifetime: of the content.
class TableSource {
public:
    TableSource(std::filesystem::path file) : file_(std::move(file)) {}  // NOLINT: a file is one
    TableSource(std::filesystem::path name, ByteView content)
        : file_(std::move(name)), content_(content) {}

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }
    [[nodiscard]] const std::optional<ByteView>& content() const { return content_; }

private:
    std::filesystem::path file_;
    std::optional<ByteView> content_;
};

[[nodiscard]] Result<TableEnd> read_table(const TableSource& source, const TableProfile& profile,
                                          Report& report,
                                          const std::function<Status(const TableRow&)>& on_row);

}  // namespace carehub::adapters
