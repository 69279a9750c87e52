#include "tools/county/hmis_sheet.hpp"

#include <algorithm>

#include "hub/base/check.hpp"
#include "tools/county/hmis_columns.hpp"

namespace carehub::county {
namespace {

const HmisTable& table_named(std::string_view name) {
    const auto tables = hmis_tables();
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const HmisTable& t) { return t.name == name; });
    CAREHUB_CHECK(found != tables.end(), "the export has this table");
    return *found;
}

std::vector<std::string_view> split(std::string_view columns) {
    std::vector<std::string_view> names;
    for (std::size_t at = 0; at <= columns.size();) {
        const std::size_t comma = std::min(columns.find(',', at), columns.size());
        names.push_back(columns.substr(at, comma - at));
        at = comma + 1;
    }
    return names;
}

}  // namespace

HmisSheet::HmisSheet(const std::filesystem::path& folder, std::string_view table)
    : file_(folder / (std::string(table) + ".csv")), columns_(split(table_named(table).columns)) {
    file_.write(std::string(table_named(table).columns) + "\r\n");
}

void HmisSheet::row(const std::vector<Cell>& cells) {
    std::vector<std::string> values(columns_.size());
    for (const auto& [name, value] : cells) {
        const auto column = std::find(columns_.begin(), columns_.end(), name);
        CAREHUB_CHECK(column != columns_.end(), "the table has the column that a row fills");
        values[static_cast<std::size_t>(column - columns_.begin())] = value;
    }
    file_.write(csv_line(values));
}

std::string hmis_time(Date date, int minute) {
    return to_iso(date) + " " + clock_text(minute) + ":00";
}

std::string export_id(int day) { return "EXP-" + padded(static_cast<std::uint64_t>(day), 3); }

}  // namespace carehub::county
