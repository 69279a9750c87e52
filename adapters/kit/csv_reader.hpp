// Reads comma-separated values (RFC 4180) a row at a time; the one door to libcsv.
//
// Contract: cells are UTF-8 whatever the form's encoding. Rows come in file order, the header row like any other. A byte order mark is dropped;
// CRLF and LF end a row; quoted cells may hold commas, quotes ("") and line ends; blanks around an
// unquoted cell are dropped; blank lines are no rows. The cells of a row are valid during its call
// only. The file is never held as a whole: memory is one row and one buffer.
// Errors: Io when the file cannot be read; Invalid, naming the line, for a row beyond the limits or
// a quote that never ends; Invalid for a misplaced quote unless `on_malformed` takes that row. An
// error returned by a callback stops the reading and is passed on.
// Threads: any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/text_encoding.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters {

struct CsvRow {
    std::uint64_t line = 0;  ///< 1-based physical line on which the row starts
    std::vector<std::string_view> cells;
};

struct CsvLimits {
    std::size_t cell_bytes_max = kCsvCellBytesMax;
    std::size_t row_cells_max = kCsvRowCellsMax;
    std::uint64_t rows_max = kCsvRowsMax;
};

/// How the file is written.
struct CsvForm {
    CsvLimits limits{};
    TextEncoding encoding = TextEncoding::Utf8;
    char separator = ',';
};

using OnCsvRow = std::function<Status(const CsvRow&)>;
/// Takes the line of a row that is not well-formed; reading goes on with the next line.
using OnMalformedRow = std::function<Status(std::uint64_t line)>;

[[nodiscard]] Status read_csv(const std::filesystem::path& file, const CsvLimits& limits,
                              const OnCsvRow& on_row, const OnMalformedRow& on_malformed = nullptr);
[[nodiscard]] Status read_csv_as(const CsvForm& form, const std::filesystem::path& file,
                                 const OnCsvRow& on_row,
                                 const OnMalformedRow& on_malformed = nullptr);
/// Fills the span, or less of it; 0 ends the document.
using NextBytes = std::function<Result<std::size_t>(std::span<std::uint8_t>)>;
/// A document that comes piece by piece; an error of `next` is passed on.
[[nodiscard]] Status read_csv_from(const NextBytes& next, const CsvForm& form,
                                   const OnCsvRow& on_row,
                                   const OnMalformedRow& on_malformed = nullptr);
[[nodiscard]] Status read_csv_bytes(ByteView bytes, const CsvLimits& limits, const OnCsvRow& on_row,
                                    const OnMalformedRow& on_malformed = nullptr);
/// Of the form's encoding only UTF-8 is read here.
[[nodiscard]] Status read_csv_bytes_as(const CsvForm& form, ByteView bytes, const OnCsvRow& on_row,
                                       const OnMalformedRow& on_malformed = nullptr);

/// Where each column stands, by the name the header gives it; ASCII case does not matter.
class CsvHeader {
public:
    CsvHeader() = default;
    /// Of two columns with one name the first counts.
    explicit CsvHeader(const CsvRow& header);

    [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
    /// Those of `required` that the header does not have, in the order given.
    [[nodiscard]] std::vector<std::string> missing(std::span<const std::string> required) const;
    [[nodiscard]] std::size_t size() const { return names_.size(); }

private:
    std::vector<std::string> names_;
};

}  // namespace carehub::adapters
