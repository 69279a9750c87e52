#include "adapters/kit/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include <csv.h>

#include "adapters/kit/text.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
/// libcsv grows a cell's buffer by this much; its own default of 128 copies long cells too often.
constexpr std::size_t kCellGrowthBytes = 4'096;

/// One reading of one document. libcsv is fed a physical line at a time, so that each row's line is
/// known and a malformed row can be left behind at its line's end. A whole line without quotes is
/// split at its separators alone: libcsv, byte by byte, finds the same cells in three times as long.
class Reading {
public:
    Reading(const CsvForm& form, const OnCsvRow& on_row, const OnMalformedRow& on_malformed)
        : limits_(form.limits),
          separator_(form.separator),
          on_row_(on_row),
          on_malformed_(on_malformed) {
        start_parser();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    ~Reading() { csv_free(&parser_); }

    /// Takes the next bytes of the document, cut anywhere.
    Status feed(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::size_t newline = bytes.find('\n');
            const bool ends = newline != std::string_view::npos;
            const std::string_view piece = bytes.substr(0, ends ? newline + 1 : bytes.size());
            CAREHUB_TRY_DONE(feed_piece(piece));
            if (ends) {
                ++line_;
                skipping_ = false;
            }
            bytes.remove_prefix(piece.size());
        }
        return {};
    }

    Status finish() {
        if (csv_fini(&parser_, on_cell_end, on_row_end, this) != 0) {
            return fail(ErrorCode::Invalid,
                        "line " + std::to_string(row_line_) + ": a quoted cell never ends");
        }
        return status_;
    }

private:
    void start_parser() {
        // REPALL_NL: every unquoted line end is reported, so that a row's first line is known even
        // after blank lines. STRICT: a misplaced quote must not swallow the rows after it.
        CAREHUB_CHECK(csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) == 0,
                      "libcsv cannot start");
        csv_set_blk_size(&parser_, kCellGrowthBytes);
        csv_set_delim(&parser_, static_cast<unsigned char>(separator_));
    }

    Status feed_piece(std::string_view piece) {
        if (skipping_) {
            return {};
        }
        if (at_row_start_) {
            row_line_ = line_;
            if (is_plain(piece)) {
                take_plain_line(piece);
                return status_;
            }
            at_row_start_ = false;
        }
        const std::size_t taken =
            csv_parse(&parser_, piece.data(), piece.size(), on_cell_end, on_row_end, this);
        CAREHUB_TRY_DONE(status_);
        if (csv_get_buffer_size(&parser_) > limits_.cell_bytes_max + kCellGrowthBytes) {
            return too_long();
        }
        return taken == piece.size() ? Status{} : leave_row(piece);
    }

    /// A carriage return anywhere but at the end would end a row as well.
    [[nodiscard]] static bool is_plain(std::string_view piece) {
        return piece.ends_with('\n') && piece.find('"') == std::string_view::npos &&
               piece.find('\r') >= piece.size() - std::min<std::size_t>(piece.size(), 2);
    }

    void take_plain_line(std::string_view line) {
        line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
        if (!without_blanks(line).empty()) {
            std::size_t end = 0;
            for (; (end = line.find(separator_)) != std::string_view::npos;
                 line.remove_prefix(end + 1)) {
                take_cell(without_blanks(line.substr(0, end)));
            }
            take_cell(without_blanks(line));
        }
        take_row();
    }

    [[nodiscard]] bool is_blank(char c) const {
        return c == ' ' || (c == '\t' && separator_ != '\t');
    }

    [[nodiscard]] std::string_view without_blanks(std::string_view cell) const {
        while (!cell.empty() && is_blank(cell.front())) {
            cell.remove_prefix(1);
        }
        while (!cell.empty() && is_blank(cell.back())) {
            cell.remove_suffix(1);
        }
        return cell;
    }

    Status leave_row(std::string_view piece) {
        if (csv_error(&parser_) != CSV_EPARSE) {
            return fail(ErrorCode::Io, "line " + std::to_string(row_line_) + ": out of memory");
        }
        if (!on_malformed_) {
            return fail(ErrorCode::Invalid,
                        "line " + std::to_string(row_line_) + ": a quote stands where none may");
        }
        CAREHUB_TRY_DONE(on_malformed_(row_line_));
        csv_free(&parser_);
        start_parser();
        clear_row();
        skipping_ = piece.back() != '\n';
        return {};
    }

    Status too_long() const {
        return fail(ErrorCode::Invalid, "line " + std::to_string(row_line_) +
                                            ": a cell is longer than " +
                                            std::to_string(limits_.cell_bytes_max) + " bytes");
    }

    void clear_row() {
        text_.clear();
        ends_.clear();
        at_row_start_ = true;
    }

    void take_cell(std::string_view cell) {
        if (!status_) {
            return;
        }
        if (cell.size() > limits_.cell_bytes_max) {
            status_ = too_long();
        } else if (ends_.size() == limits_.row_cells_max) {
            status_ =
                fail(ErrorCode::Invalid, "line " + std::to_string(row_line_) + ": more than " +
                                             std::to_string(limits_.row_cells_max) + " cells");
        } else {
            text_.append(cell);
            ends_.push_back(text_.size());
        }
    }

    void take_row() {
        if (status_ && !ends_.empty()) {
            status_ = give_row();
        }
        clear_row();
    }

    Status give_row() {
        if (++rows_ > limits_.rows_max) {
            return fail(ErrorCode::Invalid,
                        "more than " + std::to_string(limits_.rows_max) + " rows");
        }
        row_.line = row_line_;
        row_.cells.clear();
        std::size_t begin = 0;
        for (const std::size_t end : ends_) {
            row_.cells.push_back(std::string_view(text_).substr(begin, end - begin));
            begin = end;
        }
        return on_row_(row_);
    }

    static void on_cell_end(void* bytes, std::size_t size, void* self) {
        static_cast<Reading*>(self)->take_cell({static_cast<const char*>(bytes), size});
    }
    static void on_row_end(int, void* self) { static_cast<Reading*>(self)->take_row(); }

    CsvLimits limits_;
    char separator_;
    const OnCsvRow& on_row_;
    const OnMalformedRow& on_malformed_;
    csv_parser parser_{};
    Status status_;                  ///< the first error met inside libcsv's callbacks
    std::string text_;               ///< the cells of the row in progress, one after another
    std::vector<std::size_t> ends_;  ///< where in text_ each cell ends
    CsvRow row_;
    std::uint64_t line_ = 1;
    std::uint64_t row_line_ = 1;
    std::uint64_t rows_ = 0;
    bool at_row_start_ = true;
    bool skipping_ = false;  ///< the rest of a malformed row's line
};

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Status read_csv_from(const NextBytes& next, const CsvForm& form, const OnCsvRow& on_row,
                     const OnMalformedRow& on_malformed) {
    Reading reading(form, on_row, on_malformed);
    Utf8Decoder decoder(form.encoding);
    std::array<std::uint8_t, kCsvBufferBytes> buffer;
    bool first = true;
    while (true) {
        CAREHUB_TRY(const std::size_t got, next(buffer));
        if (got == 0) {
            return reading.finish();
        }
        std::string_view bytes = decoder.decode(as_text(ByteView(buffer).first(got)));
        if (first && bytes.starts_with(kByteOrderMark)) {
            bytes.remove_prefix(kByteOrderMark.size());
        }
        first = first && bytes.empty();
        CAREHUB_TRY_DONE(reading.feed(bytes));
    }
}

Status read_csv_as(const CsvForm& form, const std::filesystem::path& file, const OnCsvRow& on_row,
                   const OnMalformedRow& on_malformed) {
    const std::unique_ptr<std::FILE, CloseFile> handle(std::fopen(file.c_str(), "rbe"));
    if (!handle) {
        return fail_errno(ErrorCode::Io, "cannot open " + file.filename().string());
    }
    const auto next = [&](std::span<std::uint8_t> out) -> Result<std::size_t> {
        const std::size_t got = std::fread(out.data(), 1, out.size(), handle.get());
        if (std::ferror(handle.get()) != 0) {
            return fail_errno(ErrorCode::Io, "cannot read " + file.filename().string());
        }
        return got;
    };
    return read_csv_from(next, form, on_row, on_malformed);
}

Status read_csv(const std::filesystem::path& file, const CsvLimits& limits, const OnCsvRow& on_row,
                const OnMalformedRow& on_malformed) {
    return read_csv_as(CsvForm{limits}, file, on_row, on_malformed);
}

Status read_csv_bytes(ByteView bytes, const CsvLimits& limits, const OnCsvRow& on_row,
                      const OnMalformedRow& on_malformed) {
    return read_csv_bytes_as(CsvForm{limits}, bytes, on_row, on_malformed);
}

Status read_csv_bytes_as(const CsvForm& form, ByteView bytes, const OnCsvRow& on_row,
                         const OnMalformedRow& on_malformed) {
    Reading reading(form, on_row, on_malformed);
    std::string_view text = as_text(bytes);
    if (text.starts_with(kByteOrderMark)) {
        text.remove_prefix(kByteOrderMark.size());
    }
    CAREHUB_TRY_DONE(reading.feed(text));
    return reading.finish();
}

CsvHeader::CsvHeader(const CsvRow& header) : names_(header.cells.begin(), header.cells.end()) {}

std::optional<std::size_t> CsvHeader::find(std::string_view column) const {
    const auto at = std::ranges::find_if(
        names_, [&](const std::string& name) { return equal_ignoring_case(name, column); });
    if (at == names_.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(at - names_.begin());
}

std::vector<std::string> CsvHeader::missing(std::span<const std::string> required) const {
    std::vector<std::string> names;
    std::ranges::copy_if(required, std::back_inserter(names),
                         [&](const std::string& name) { return !find(name); });
    return names;
}

}  // namespace carehub::adapters
