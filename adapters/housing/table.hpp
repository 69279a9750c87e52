// One HMIS table being read: columns found by header name, cells read by type.
//
// Contract: a Row remembers the first thing that refuses it; after that its readers give empty
// values, so a parse function reads all its columns and asks once, with `accepted()`. An unreadable
// cell of an optional column is a finding, and the cell counts as empty.
// Dates are `yyyy-mm-dd`, or the date part of `yyyy-mm-dd hh:mm:ss`; a date that does not exist is
// never rolled over.
// Threads: confined to one thread. Lifetime: a Row borrows its CsvRow, header and report.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/housing/columns.hpp"
#include "adapters/housing/report.hpp"
#include "adapters/kit/csv_reader.hpp"
#include "hub/base/time_zone.hpp"

namespace carehub::adapters::housing {

/// Where each known column stands in one file.
class Header {
public:
    explicit Header(const CsvRow& header);

    [[nodiscard]] std::optional<std::size_t> find(Column column) const {
        return places_[static_cast<std::size_t>(column)];
    }
    [[nodiscard]] bool has(Column column) const { return find(column).has_value(); }
    [[nodiscard]] std::size_t width() const { return width_; }

private:
    std::array<std::optional<std::size_t>, kColumnsMax> places_;
    std::size_t width_;
};

/// A civil time as HMIS writes it, `yyyy-mm-dd[ hh:mm[:ss]]`.
[[nodiscard]] std::optional<LocalTime> parse_local_time(std::string_view text);

class Row {
public:
    Row(RowPlace place, const Header& header, const CsvRow& row, Report& report);

    [[nodiscard]] RowPlace place() const { return place_; }
    [[nodiscard]] bool accepted() const { return accepted_; }
    /// The cell without blanks around it; empty when the column or the value is not there.
    [[nodiscard]] std::string_view text(Column column) const;

    [[nodiscard]] std::string required_id(Column column);
    [[nodiscard]] std::string optional_id(Column column);
    [[nodiscard]] Date required_date(Column column);
    [[nodiscard]] std::optional<Date> optional_date(Column column);
    [[nodiscard]] unsigned required_code(Column column, unsigned max);
    [[nodiscard]] std::optional<unsigned> optional_code(Column column, unsigned max);
    [[nodiscard]] std::optional<LocalTime> optional_time(Column column);

    void refuse(RefusalReason reason, Column column, std::string_view why, std::string_view fix);
    void find(Column column, std::string_view what);

private:
    std::string checked_id(Column column);
    void refuse_missing(Column column);

    RowPlace place_;
    const Header* header_;
    const CsvRow* row_;
    Report* report_;
    bool accepted_ = true;
};

}  // namespace carehub::adapters::housing
