#include "adapters/kit/csv_reader.hpp"

#include <filesystem>
#include <fstream>

#include "hub/base/prng.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters;

namespace {

struct Row {
    std::uint64_t line;
    std::vector<std::string> cells;
    friend bool operator==(const Row&, const Row&) = default;
};

struct Seen {
    std::vector<Row> rows;
    std::vector<std::uint64_t> malformed;
    Status status;
};

Seen read(std::string_view text, const CsvLimits& limits = {}, char separator = ',') {
    Seen seen;
    const CsvForm form{limits, TextEncoding::Utf8, separator};
    seen.status = read_csv_bytes_as(form, as_bytes(text), [&](const CsvRow& row) -> Status {
        seen.rows.push_back({row.line, {row.cells.begin(), row.cells.end()}});
        return {};
    });
    return seen;
}

Seen read_tolerantly(std::string_view text) {
    Seen seen;
    seen.status = read_csv_bytes(
        as_bytes(text), {},
        [&](const CsvRow& row) -> Status {
            seen.rows.push_back({row.line, {row.cells.begin(), row.cells.end()}});
            return {};
        },
        [&](std::uint64_t line) -> Status {
            seen.malformed.push_back(line);
            return {};
        });
    return seen;
}

}  // namespace

TEST_CASE("rows end with LF, CRLF or the file, and a byte order mark is no cell", "[kit]") {
    const Seen seen = read("\xEF\xBB\xBFid,name\r\n1,a\n2,b");
    REQUIRE(seen.status);
    CHECK(seen.rows == std::vector<Row>{{1, {"id", "name"}}, {2, {"1", "a"}}, {3, {"2", "b"}}});
}

TEST_CASE("a quoted cell holds commas, quotes and line ends, and lines stay physical", "[kit]") {
    const Seen seen = read("a,b\n\"x,\"\"y\"\"\",\"one\r\ntwo\"\n\n  \nlast,\n");
    REQUIRE(seen.status);
    CHECK(seen.rows ==
          std::vector<Row>{{1, {"a", "b"}}, {2, {"x,\"y\"", "one\r\ntwo"}}, {6, {"last", ""}}});
}

TEST_CASE("a first cell that spans lines counts from its first line", "[kit]") {
    const Seen seen = read("h\n\n\"one\ntwo\nthree\"\nnext\n");
    REQUIRE(seen.status);
    CHECK(seen.rows == std::vector<Row>{{1, {"h"}}, {3, {"one\ntwo\nthree"}}, {6, {"next"}}});
}

TEST_CASE("a line gives the same cells with a quoted cell in it as without one", "[kit]") {
    static constexpr std::string_view kBytes("ab,;\t \r\n\xC3\0", 10);
    constexpr int kDocuments = 2'000;
    const char separator = GENERATE(',', ';', '\t');
    Prng prng(20'261'122);
    for (int i = 0; i < kDocuments; ++i) {
        std::string plain;
        std::string quoted;
        for (std::uint64_t left = prng.below(60); left > 0; --left) {
            const char byte = kBytes[static_cast<std::size_t>(prng.below(kBytes.size()))];
            plain += byte;
            quoted += byte;
            if (byte == '\n') {
                // In front of a line it sends the whole of it to libcsv.
                plain += std::string("x") + separator;
                quoted += std::string("\"x\"") + separator;
            }
        }
        CHECK(read(plain, {}, separator).rows == read(quoted, {}, separator).rows);
    }
}

TEST_CASE("blank lines and blanks before a separator are the same with and without quotes",
          "[kit]") {
    CHECK(read("a\n \t\n\n,\n \t,b \t\n").rows ==
          std::vector<Row>{{1, {"a"}}, {4, {"", ""}}, {5, {"", "b"}}});
    CHECK(read("a;b\n\t;\t\n", {}, ';').rows == std::vector<Row>{{1, {"a", "b"}}, {2, {"", ""}}});
    CHECK(read("a\tb\n\t\n", {}, '\t').rows == std::vector<Row>{{1, {"a", "b"}}, {2, {"", ""}}});
    CHECK(read("a,b\rc,d\n").rows == std::vector<Row>{{1, {"a", "b"}}, {1, {"c", "d"}}});
}

TEST_CASE("blanks around an unquoted cell are dropped, inside quotes they stay", "[kit]") {
    const Seen seen = read("  2:00 pm , \" x \" \n");
    REQUIRE(seen.status);
    CHECK(seen.rows == std::vector<Row>{{1, {"2:00 pm", " x "}}});
}

TEST_CASE("a quote that never ends is an error that names its row's line", "[kit]") {
    const Seen seen = read("a\n\"b\nc\n");
    REQUIRE_FALSE(seen.status);
    CHECK(seen.status.error().code == ErrorCode::Invalid);
    CHECK(seen.status.error().context.find("line 2") != std::string::npos);
}

TEST_CASE("a misplaced quote stops the reading unless malformed rows are taken", "[kit]") {
    constexpr std::string_view kText = "a,b\n\"x\"y,1\nz,2\nc,6\" pipe\nd,4\n";
    const Seen strict = read(kText);
    REQUIRE_FALSE(strict.status);
    CHECK(strict.status.error().code == ErrorCode::Invalid);

    const Seen tolerant = read_tolerantly(kText);
    REQUIRE(tolerant.status);
    CHECK(tolerant.malformed == std::vector<std::uint64_t>{2, 4});
    CHECK(tolerant.rows == std::vector<Row>{{1, {"a", "b"}}, {3, {"z", "2"}}, {5, {"d", "4"}}});
}

TEST_CASE("cells, rows and their number are bounded", "[kit]") {
    CHECK(read("abcd\n", {.cell_bytes_max = 4, .row_cells_max = 9, .rows_max = 9}).status);
    CHECK_FALSE(read("abcde\n", {.cell_bytes_max = 4, .row_cells_max = 9, .rows_max = 9}).status);
    CHECK_FALSE(read("a,b,c\n", {.cell_bytes_max = 4, .row_cells_max = 2, .rows_max = 9}).status);
    CHECK_FALSE(read("a\nb\nc\n", {.cell_bytes_max = 4, .row_cells_max = 2, .rows_max = 2}).status);
    CHECK_FALSE(read("\"" + std::string(kCsvCellBytesMax * 3, 'x')).status);
}

TEST_CASE("a line of 2 GB and a row of a million columns are refused as soon as they pass a limit",
          "[kit]") {
    constexpr std::uint64_t kDocumentBytes = std::uint64_t{2} << 30U;
    constexpr std::uint64_t kEnoughBytes = std::uint64_t{4} * kCsvCellBytesMax;
    struct Document {
        std::string name, begin, filler;
    };
    const Document hostile = GENERATE(
        Document{"one cell", "id\n", "x"}, Document{"a quote that never ends", "id\n\"", "x"},
        Document{"quoted lines", "id\n\"", "x\n"}, Document{"columns", "id\n", "x,"},
        Document{"empty columns", "id\n", ","});
    CAPTURE(hostile.name);
    std::uint64_t given = 0;
    const auto byte_at = [&](std::uint64_t at) {
        const std::size_t head = hostile.begin.size();
        return at < head ? hostile.begin[at] : hostile.filler[(at - head) % hostile.filler.size()];
    };
    const auto next = [&](std::span<std::uint8_t> out) -> Result<std::size_t> {
        std::size_t size = 0;
        for (; size < out.size() && given < kDocumentBytes; ++size, ++given) {
            out[size] = static_cast<std::uint8_t>(byte_at(given));
        }
        return size;
    };
    std::uint64_t rows = 0;
    const Status status = read_csv_from(next, {}, [&](const CsvRow& /*row*/) -> Status {
        ++rows;
        return {};
    });
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::Invalid);
    CHECK(status.error().context.starts_with("line 2: "));
    CHECK(rows == 1);
    CHECK(given <= kEnoughBytes);
}

TEST_CASE("a callback's error stops the reading and is passed on", "[kit]") {
    int rows = 0;
    const Status status = read_csv_bytes(as_bytes("a\nb\nc\n"), {}, [&](const CsvRow&) -> Status {
        ++rows;
        return rows == 2 ? Status{fail(ErrorCode::Full, "enough")} : Status{};
    });
    REQUIRE_FALSE(status);
    CHECK(status.error() == Error{ErrorCode::Full, "enough"});
    CHECK(rows == 2);
}

TEST_CASE("a file larger than the buffer reads as its bytes do", "[kit]") {
    std::string text = "id,note\n";
    for (int i = 0; i < 9'000; ++i) {
        text += std::to_string(i) + ",\"two\nlines\"\n";
    }
    const auto file = std::filesystem::temp_directory_path() / "carehub_csv_reader_test.csv";
    std::ofstream(file, std::ios::binary) << text;
    std::vector<Row> rows;
    const Status status = read_csv(file, {}, [&](const CsvRow& row) -> Status {
        rows.push_back({row.line, {row.cells.begin(), row.cells.end()}});
        return {};
    });
    std::filesystem::remove(file);
    REQUIRE(status);
    CHECK(rows == read(text).rows);
    CHECK(rows.back() == Row{2 + 2 * 8'999, {"8999", "two\nlines"}});
    CHECK(read_csv(file, {}, [](const CsvRow&) { return Status{}; }).error().code == ErrorCode::Io);
}

TEST_CASE("a header finds its columns whatever their case and says which are missing", "[kit]") {
    const CsvHeader header(CsvRow{1, {"PersonID", "Date", "DATE"}});
    CHECK(header.find("personid") == 0);
    CHECK(header.find("date") == 1);
    CHECK_FALSE(header.find("Person"));
    const std::vector<std::string> required{"Exit", "date", "Project"};
    CHECK(header.missing(required) == std::vector<std::string>{"Exit", "Project"});
}
