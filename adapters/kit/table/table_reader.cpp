#include "adapters/kit/table/table_reader.hpp"

#include <algorithm>

#include "adapters/kit/file.hpp"
#include "adapters/kit/table/json_rows.hpp"
#include "adapters/kit/text.hpp"

namespace carehub::adapters {

std::string_view TableRow::cell(std::string_view key) const {
    for (std::size_t i = 0; i < profile_.columns.size(); ++i) {
        if (profile_.columns.key_at(i) == key) {
            return places_[i] < cells_.size() ? trim(cells_[places_[i]]) : std::string_view{};
        }
    }
    return {};
}

Hash256 TableRow::fingerprint() const {
    Sha256 hash;
    for (const std::string_view cell : cells_) {
        hash.add_text(cell);
    }
    return hash.finish();
}

bool TableRow::is_utf8() const {
    return std::ranges::all_of(cells_,
                               [](std::string_view cell) { return adapters::is_utf8(cell); });
}

bool TableRow::has_nul() const {
    return std::ranges::any_of(
        cells_, [](std::string_view cell) { return cell.find('\0') != std::string_view::npos; });
}

namespace {

using OnRow = std::function<Status(const TableRow&)>;

/// Rows that may stand before the header.
constexpr std::size_t kPreambleRowsMax = 10;

bool is_utf16(std::string_view text) {
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
           text.find('\0') != std::string_view::npos;
}

/// One reading of one list.
class Reading {
public:
    Reading(const TableProfile& profile, Report& report, const OnRow& on_row)
        : profile_(profile),
          report_(report),
          on_row_(on_row),
          places_(profile.columns.size()),
          row_(profile, places_) {}

    Result<TableEnd> read(const std::filesystem::path& file) {
        return finish(profile_.is_json() ? read_json(file) : read_csv_file(file));
    }

    Result<TableEnd> take(ByteView content) {
        return finish(profile_.is_json() ? take_json(content) : take_csv(content));
    }

private:
    Result<TableEnd> finish(const Status& done) {
        if (!done && done.error().code != ErrorCode::Invalid &&
            done.error().code != ErrorCode::NotFound) {
            return tl::unexpected(done.error());
        }
        if (!done && !end_.refused) {
            refuse_list({RefusalReason::FormatUnreadable, "file", done.error().context,
                         "Export the list again, as the profile's [" + profile_.section +
                             "] says it is written."});
        }
        return end_;
    }

    // --- CSV --------------------------------------------------------------------------------

    Status read_csv_file(const std::filesystem::path& file) {
        CAREHUB_TRY_DONE(read_csv_as(
            profile_.form, file, [this](const CsvRow& row) { return take(row); },
            [this](std::uint64_t line) { return take_malformed(line); }));
        return need_header();
    }

    Status take_csv(ByteView bytes) {
        Utf8Decoder decoder(profile_.form.encoding);
        CAREHUB_TRY_DONE(read_csv_bytes_as(
            profile_.form, as_bytes(decoder.decode(as_text(bytes))),
            [this](const CsvRow& row) { return take(row); },
            [this](std::uint64_t line) { return take_malformed(line); }));
        return need_header();
    }

    Status need_header() {
        if (!has_header_ && preamble_ > 0) {
            refuse_header();
        } else if (!has_header_ && !end_.refused) {
            refuse_list({RefusalReason::FormatUnreadable, "file", "the file has no header row",
                         "Send a CSV file whose first row names the columns."});
        }
        return {};
    }

    Status take(const CsvRow& row) {
        if (!has_header_) {
            look_for_header(row);
            return {};
        }
        if (end_.refused) {
            return {};
        }
        ++end_.rows;
        row_.set(row.line, row.cells, header_.size());
        return on_row_(row_);
    }

    Status take_malformed(std::uint64_t line) {
        if (end_.refused) {
            return {};
        }
        ++end_.rows;
        end_.whole = false;
        report_.refuse(line,
                       {RefusalReason::FormatUnreadable, "row", "a quote stands where none may",
                        "Double the quotes inside a quoted cell (RFC 4180 2.7)."});
        return {};
    }

    /// Some exports begin with a title and the day they were printed: the first row that has the
    /// profile's columns is the header, and what is wrong is told of the first one.
    void look_for_header(const CsvRow& row) {
        CsvHeader header(row);
        std::vector<std::string> lacking;
        for (std::size_t i = 0; i < places_.size(); ++i) {
            const auto at = header.find(profile_.columns.name_at(i));
            places_[i] = at.value_or(0);
            if (!at) {
                lacking.push_back(profile_.columns.name_at(i));
            }
        }
        if (lacking.empty()) {
            has_header_ = true;
            header_ = std::move(header);
            return;
        }
        if (preamble_ == 0) {
            first_line_ = row.line;
            lacking_ = std::move(lacking);
            is_utf16_ = !row.cells.empty() && is_utf16(row.cells.front());
        }
        if (++preamble_ > kPreambleRowsMax || is_utf16_) {
            refuse_header();
        }
    }

    void refuse_header() {
        has_header_ = true;  // none is looked for any more
        if (is_utf16_) {
            return refuse_list({RefusalReason::CharacterSet, "file", "the file is UTF-16",
                                "Export the list as UTF-8, or say so in [csv] encoding."});
        }
        end_.refused = true;
        for (const std::string& name : lacking_) {
            report_.refuse(first_line_, {RefusalReason::FormatVersion, name,
                                         "the header has no column of the name the profile gives",
                                         "Correct [csv.columns], or ask the sender what changed."});
        }
    }

    // --- JSON -------------------------------------------------------------------------------

    Status read_json(const std::filesystem::path& file) {
        auto bytes = read_file(file, kJsonListBytesMax);
        if (!bytes && bytes.error().code == ErrorCode::Invalid) {
            refuse_list({RefusalReason::TooLarge, "file", "the list is larger than one can be",
                         "Export a shorter period."});
            return {};
        }
        if (!bytes) {
            return tl::unexpected(bytes.error());
        }
        return take_json(*bytes);
    }

    Status take_json(ByteView bytes) {
        Utf8Decoder decoder(profile_.form.encoding);
        std::string_view text = decoder.decode(as_text(bytes));
        text.remove_prefix(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
        std::vector<std::string> names;
        for (std::size_t i = 0; i < places_.size(); ++i) {
            names.push_back(profile_.columns.name_at(i));
            places_[i] = i;
        }
        return read_json_rows(text, profile_.rows, names,
                              [this](const JsonRow& row) { return take_row(row); });
    }

    Status take_row(const JsonRow& row) {
        cells_.assign(row.cells.begin(), row.cells.end());
        row_.set(row.number, cells_, cells_.size());
        if (row.is_hollow && !has_core()) {
            return {};
        }
        ++end_.rows;
        return on_row_(row_);
    }

    [[nodiscard]] bool has_core() const {
        return std::ranges::all_of(profile_.core,
                                   [this](const auto& key) { return !row_.cell(key).empty(); });
    }

    void refuse_list(Refused refused) {
        report_.refuse(0, std::move(refused));
        end_.refused = true;
    }

    const TableProfile& profile_;
    Report& report_;
    const OnRow& on_row_;
    std::vector<std::size_t> places_;
    TableRow row_;
    CsvHeader header_;
    std::vector<std::string_view> cells_;
    bool has_header_ = false;
    std::size_t preamble_ = 0;  ///< rows that are no header
    std::uint64_t first_line_ = 0;
    std::vector<std::string> lacking_;  ///< columns that the first row has not
    bool is_utf16_ = false;
    TableEnd end_;
};

}  // namespace

Result<TableEnd> read_table(const TableSource& source, const TableProfile& profile, Report& report,
                            const OnRow& on_row) {
    Reading reading(profile, report, on_row);
    return source.content() ? reading.take(*source.content()) : reading.read(source.file());
}

}  // namespace carehub::adapters
