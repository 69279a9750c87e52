#include "tools/carehub/csv_import.hpp"

#include <algorithm>
#include <iostream>

#include <boost/json.hpp>

#include "adapters/kit/csv_reader.hpp"
#include "tools/carehub/words.hpp"

namespace carehub::tool {
namespace {

constexpr std::size_t kImportChunk = 1'000;  ///< commands sent before their receipts are looked at

/// A header's column by its place; "" for one the caller does not know.
Result<std::vector<std::string>> read_header(const std::string& file, const adapters::CsvRow& row,
                                             const std::vector<std::string>& columns) {
    std::vector<std::string> header;
    for (const std::string_view cell : row.cells) {
        if (std::ranges::find(columns, cell) == columns.end()) {
            std::string known;
            for (const std::string& column : columns) {
                known += (known.empty() ? "" : ",") + column;
            }
            return fail(ErrorCode::Invalid,
                        file + ": unknown column '" + std::string(cell) + "'; known are " + known);
        }
        header.emplace_back(cell);
    }
    return header;
}

}  // namespace

const std::string& Row::at(const std::string& column) const {
    static const std::string kNothing;
    const auto found = cells_.find(column);
    return found == cells_.end() ? kNothing : found->second;
}

tl::unexpected<Error> Row::bad(const std::string& column, const std::string& fix) const {
    return fail(ErrorCode::Invalid,
                file_ + " line " + std::to_string(line_) + ", " + column + ": " + fix);
}

Result<std::optional<Date>> Row::optional_date(const std::string& column) const {
    if (at(column).empty()) {
        return std::optional<Date>();
    }
    CAREHUB_TRY(const Date date, this->date(column));
    return std::optional<Date>(date);
}

Result<Date> Row::date(const std::string& column) const {
    const auto date = parse_iso_date(at(column));
    if (!date) {
        return bad(column, "write the date as YYYY-MM-DD");
    }
    return *date;
}

Result<UtcTime> Row::time(const std::string& column) const {
    if (const auto time = parse_iso_time(at(column))) {
        return *time;
    }
    if (const auto date = parse_iso_date(at(column))) {
        return UtcTime{*date};
    }
    return bad(column, "write the time as 2026-03-02T06:00:00-05:00");
}

Result<std::uint16_t> Row::clock(const std::string& column) const {
    if (at(column).empty()) {
        return std::uint16_t{0};
    }
    const auto clock = parse_clock(at(column));
    if (!clock) {
        return bad(column, "write the time of day as HH:MM");
    }
    return *clock;
}

Result<std::uint64_t> read_rows(const std::filesystem::path& file,
                                const std::vector<std::string>& columns,
                                const std::function<Status(const Row&)>& take) {
    std::uint64_t bad = 0;
    std::vector<std::string> header;
    const std::string name = file.filename().string();
    CAREHUB_TRY_DONE(adapters::read_csv(file, {}, [&](const adapters::CsvRow& row) -> Status {
        if (header.empty()) {
            CAREHUB_TRY(header, read_header(name, row, columns));
            return {};
        }
        std::map<std::string, std::string> cells;
        for (std::size_t i = 0; i < std::min(header.size(), row.cells.size()); ++i) {
            cells[header[i]] = std::string(row.cells[i]);
        }
        if (const Status taken = take(Row(name, row.line, std::move(cells))); !taken) {
            std::cerr << "carehub: " << taken.error().context << "\n";
            ++bad;
        }
        return {};
    }));
    return bad;
}

void count(const Receipt& receipt, ImportCounts& counts) {
    switch (receipt.status) {
        case ReceiptStatus::Accepted: ++counts.changed; break;
        case ReceiptStatus::Duplicate: ++counts.unchanged; break;
        case ReceiptStatus::Refused:
        case ReceiptStatus::Unset: ++counts.refused; break;
    }
}

Status send_commands(Door& door, const std::vector<CommandBody>& commands,
                     const std::vector<std::string>& where, ImportCounts& counts) {
    CAREHUB_TRY(const std::vector<Receipt> receipts, door.commands(commands));
    for (std::size_t i = 0; i < receipts.size(); ++i) {
        count(receipts[i], counts);
        if (receipts[i].status == ReceiptStatus::Refused) {
            std::cerr << "carehub: " << where[i] << ": " << refusal_error(receipts[i]).context
                      << "\n";
        }
    }
    return {};
}

int report(const std::string& what, const ImportCounts& counts, bool json) {
    if (json) {
        std::cout << boost::json::serialize(boost::json::object{{"what", what},
                                                                {"changed", counts.changed},
                                                                {"unchanged", counts.unchanged},
                                                                {"refused", counts.refused}})
                  << "\n";
    } else {
        std::cout << what << ": " << counts.changed << " changed, " << counts.unchanged
                  << " unchanged, " << counts.refused << " refused\n";
    }
    return counts.refused == 0 ? 0 : 1;
}

Status Import::add(const Row& row, CommandBody command) {
    commands_.push_back(std::move(command));
    where_.push_back("line " + std::to_string(row.line()));
    return commands_.size() < kImportChunk ? Status{} : flush();
}

Status Import::read(const std::filesystem::path& file, const std::vector<std::string>& columns,
                    const std::function<Status(const Row&)>& take) {
    CAREHUB_TRY(const std::uint64_t bad, read_rows(file, columns, take));
    counts_.refused += bad;
    return flush();
}

Status Import::flush() {
    CAREHUB_TRY_DONE(send_commands(door_, commands_, where_, counts_));
    commands_.clear();
    where_.clear();
    return {};
}

}  // namespace carehub::tool
