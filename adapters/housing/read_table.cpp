#include "adapters/housing/read_table.hpp"

namespace carehub::adapters::housing {

Result<TableRead> read_table(const ExportSet& set, std::string_view name, Report& report,
                             const OnRow& on_row) {
    TableRead read;
    std::optional<Header> header;
    const auto take = [&](const CsvRow& cells) -> Status {
        if (!header) {
            header.emplace(cells);
            return {};
        }
        Row row({name, cells.line}, *header, cells, report);
        if (!row.accepted()) {
            ++read.unread;
            return {};
        }
        ++read.rows;
        return on_row(row);
    };
    const auto take_malformed = [&](std::uint64_t line) -> Status {
        if (!header) {
            return fail(ErrorCode::Invalid, "the header is no csv row");
        }
        ++read.unread;
        report.refuse({name, line}, RefusalReason::FormatUnreadable, "",
                      "a quote stands where none may",
                      "Double the quotes inside a quoted cell (RFC 4180).");
        return {};
    };
    auto status = set.read(name, take, take_malformed);
    if (!status && status.error().code == ErrorCode::Invalid) {
        return fail(ErrorCode::Invalid, std::string(name) + ": " + status.error().context);
    }
    if (!status) {
        return tl::unexpected<Error>(status.error());
    }
    return read;
}

Result<std::optional<Header>> read_header(const ExportSet& set, std::string_view name) {
    std::optional<Header> header;
    bool is_read = false;
    const auto end = [&is_read]() -> Status {
        is_read = true;
        return fail(ErrorCode::Full, "the header is read");
    };
    const auto take = [&](const CsvRow& cells) -> Status {
        header.emplace(cells);
        return end();
    };
    const auto take_malformed = [&](std::uint64_t) { return end(); };
    const auto status = set.read(name, take, take_malformed);
    if (!status && !is_read) {
        return status.error().code != ErrorCode::Invalid
                   ? tl::unexpected<Error>(status.error())
                   : fail(ErrorCode::Invalid, std::string(name) + ": " + status.error().context);
    }
    return header;
}

}  // namespace carehub::adapters::housing
