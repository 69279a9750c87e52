#include "adapters/supervision/cells.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"

namespace carehub::adapters::supervision {

bool is_one_of(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::any_of(
        words, [&](const std::string& known) { return equal_ignoring_case(known, word); });
}

Accepted<void> check_cells(const TableRow& row, const TableProfile& table) {
    if (!row.is_whole()) {
        return refuse(RefusalReason::RowIncomplete, "row",
                      "The row has another number of cells than the header.",
                      "Quote cells that hold separators and send every column of the header.");
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const std::string& key = table.columns.key_at(i);
        const std::string& name = table.columns.name_at(i);
        const std::string_view text = row.cell(key);
        const std::size_t most = key == "text" ? kConditionBytesMax : kNameBytesMax;
        if (!is_utf8(text)) {
            return refuse(RefusalReason::CharacterSet, name, "The cell is not UTF-8.",
                          "Export the file in UTF-8, or say what it is in encoding.");
        }
        if (key != "text" && has_control(text)) {
            return refuse(RefusalReason::InvalidField, name, "The cell holds a control character.",
                          "Remove line ends and control characters from the cell.");
        }
        if (key != "text" && text.size() > most) {
            return refuse(RefusalReason::FieldTooLong, name, "The cell is too long.",
                          "Send at most " + std::to_string(most) + " bytes.");
        }
    }
    return {};
}

Accepted<std::string> read_client(const TableRow& row) {
    std::string client(row.cell("client"));
    if (client.empty()) {
        return refuse(RefusalReason::RowIncomplete, row.name("client"),
                      "The row names no client: nobody is linked by name.",
                      "Fill in the client's number.");
    }
    return client;
}

Accepted<CivilTime> read_date(const TableRow& row, const TableProfile& table,
                              std::string_view key) {
    if (row.cell(key).empty()) {
        return refuse(RefusalReason::RowIncomplete, row.name(key), "The row has no date.",
                      "Fill in the date.");
    }
    auto told = table.date_format.read(row.cell(key));
    if (!told) {
        return refuse(RefusalReason::TimeUnresolvable, row.name(key),
                      "The date does not exist or is not written as date_format says.",
                      "Correct the date, or date_format in [" + table.section + "].");
    }
    return std::move(*told);
}

namespace {

/// A date of that year or before is a database's empty one: 1900-01-01, 0001-01-01.
constexpr std::chrono::year kEmptyDatesUntil{1900};

/// Empty, "0", "NULL", 00/00/0000: what databases and clerks write where there is no date.
bool tells_no_date(std::string_view cell) {
    return cell.find_first_of("123456789") == std::string_view::npos;
}

}  // namespace

Accepted<std::optional<CivilTime>> read_date_if_told(const TableRow& row, const TableProfile& table,
                                                     std::string_view key) {
    if (tells_no_date(row.cell(key))) {
        return std::optional<CivilTime>{};
    }
    auto told = read_date(row, table, key);
    if (!told) {
        return tl::unexpected(std::move(told).error());
    }
    if (told->date && std::chrono::year_month_day(*told->date).year() <= kEmptyDatesUntil) {
        return std::optional<CivilTime>{};
    }
    return std::optional<CivilTime>(std::move(*told));
}

std::optional<UtcTime> read_updated(const TableRow& row, const TableProfile& table,
                                    const Site& site, Report& report) {
    const std::string_view text = row.cell("updated");
    if (text.empty()) {
        return std::nullopt;
    }
    auto told = table.updated_format.read(text);
    if (!told) {
        report.note(row.line(), row.name("updated"), "not a time: the file's time is taken");
        return std::nullopt;
    }
    told->time_of_day = told->time_of_day.value_or(std::chrono::seconds{0});
    return told_time(site.zone, *told).instant;
}

}  // namespace carehub::adapters::supervision
