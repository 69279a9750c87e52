// Lists by profile: rows of JSON, formats of times, encodings.
#include "adapters/kit/table/json_rows.hpp"
#include "adapters/kit/table/table_reader.hpp"
#include "adapters/kit/table/table_sketch.hpp"
#include "adapters/kit/text_encoding.hpp"
#include "adapters/kit/time_formats.hpp"
#include "tests/support/catch.hpp"

namespace carehub::adapters {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string_view text, std::string_view path, const std::vector<std::string>& cells) {
    Rows rows;
    const Status read = read_json_rows(text, path, cells, [&](const JsonRow& row) {
        CHECK(row.number == rows.size() + 1);
        rows.emplace_back(row.cells.begin(), row.cells.end());
        if (row.is_hollow) {
            rows.back().emplace_back("hollow");
        }
        return Status{};
    });
    INFO((read ? std::string() : to_string(read.error())));
    REQUIRE(read);
    return rows;
}

ErrorCode error_of(std::string_view text, std::string_view path) {
    const Status read = read_json_rows(text, path, {}, [](const JsonRow&) { return Status{}; });
    REQUIRE_FALSE(read);
    return read.error().code;
}

std::string decoded(TextEncoding encoding, std::string_view bytes) {
    Utf8Decoder decoder(encoding);
    std::string text;
    for (const char& byte : bytes) {  // cut everywhere
        text += decoder.decode({&byte, 1});
    }
    return text;
}

}  // namespace

TEST_CASE("a number that JSON does not carry exactly is no cell: two must not become one",
          "[kit][table]") {
    const Rows rows = rows_of(
        R"([{"id":123456789012345678901234567890},{"id":1e400},{"id":12.5},{"id":9007199254740993}])",
        "[]", {"id"});
    CHECK(rows == Rows{{""}, {""}, {"12.5"}, {"9007199254740993"}});
}

TEST_CASE("rows of a JSON list see their own values and those of what holds them", "[kit][table]") {
    const std::string_view text =
        R"({"day":"D","rooms":[{"name":"A","lists":[{"n":1,"who":{"id":"x"}},{"n":2.5}]},
            {"name":"B","lists":[{"n":true,"who":[{"id":"y"},"z"]},{"n":null}]},{"name":"C"}]})";
    CHECK(rows_of(text, "rooms[].lists[]", {"n", "who.id", "../name", "../../day", "who.0.id"}) ==
          Rows{{"1", "x", "A", "D", ""},
               {"2.5", "", "A", "D", ""},
               {"true", "", "B", "D", "y"},
               {"", "", "B", "D", ""},
               {"", "", "C", "D", "", "hollow"}});
    CHECK(rows_of("[{\"a\":1},{\"a\":\"b\"}]", "[]", {"a", "../a", "../../a"}) ==
          Rows{{"1", "", ""}, {"b", "", ""}});
    CHECK(rows_of("{\"a\":[]}", "a[]", {"x"}).empty());
    CHECK(
        rows_of(
            R"({"a":[{"n":1,"b":[]},{"n":2},{"n":3,"b":[{"m":4,"c":[{"k":5}]},{"m":6,"c":[]}]}]})",
            "a[].b[].c[]", {"k", "../m", "../../n"}) == Rows{{"", "", "1", "hollow"},
                                                             {"", "", "2", "hollow"},
                                                             {"5", "4", "3"},
                                                             {"", "6", "3", "hollow"}});
}

TEST_CASE("what is no JSON, or has nothing at the path, is an error", "[kit][table]") {
    CHECK(error_of("{\"a\":", "a[]") == ErrorCode::Invalid);
    CHECK(error_of(std::string(100'000, '['), "[]") == ErrorCode::Invalid);
    CHECK(error_of("{\"a\":{}}", "a[]") == ErrorCode::NotFound);
    CHECK(error_of("{}", "[]") == ErrorCode::NotFound);
    CHECK(is_rows_path("a.b[].c[]"));
    CHECK_FALSE(is_rows_path("a.b"));
}

TEST_CASE(
    "times are read with offsets, fractions and names of months, by the first format that fits",
    "[kit][table]") {
    const auto formats = TimeFormats::create({"ISO", "D MMM YYYY", "MMMM D, YYYY h.mmam/pm"});
    REQUIRE(formats);
    const auto offset = [&](const char* text) {
        return formats->read(text).value().offset.value().count();
    };
    CHECK(offset("2026-04-01T09:00:00.123456Z") == 0);
    CHECK(offset("2026-04-01T09:00:00-04:00") == -240);
    CHECK(offset("2026-04-01T09:00+0530") == 330);
    CHECK_FALSE(formats->read("2026-04-01T09:00:00").value().offset);
    CHECK(formats->read("1 apr 2026")->date == make_date(2026, 4, 1));
    CHECK(formats->read("April 1, 2026 10.30am")->time_of_day == std::chrono::minutes{630});
    for (const char* const text :
         {"1 Avr 2026", "2026-02-30", "2026-04-01T09:00:00+25:00", "31 Apr 2026"}) {
        INFO(text);
        CHECK_FALSE(formats->read(text));
    }
    CHECK_FALSE(TimeFormats::create({"MM MMM YYYY"}));
    CHECK_FALSE(TimeFormats::create({"X MM"}));
}

TEST_CASE("instants since 1970 are read in seconds, in milliseconds and as .NET writes them",
          "[kit][table]") {
    const auto read = [](const char* pattern, const char* text) -> std::string {
        const auto told = TimeFormats::create({pattern})->read(text);
        if (!told) {
            return "";
        }
        CHECK(told->offset == std::chrono::minutes{0});
        return to_iso(UtcTime{told->date->time_since_epoch() + *told->time_of_day});
    };
    CHECK(read("X", "1775030400") == "2026-04-01T08:00:00Z");
    CHECK(read("XSSS", "1775030400999") == "2026-04-01T08:00:00Z");
    CHECK(read("XSSS", "-1") == "1969-12-31T23:59:59Z");
    CHECK(read("DOTNET", "/Date(1775030400000)/") == "2026-04-01T08:00:00Z");
    CHECK(read("DOTNET", "/Date(1775030400000-0400)/") == "2026-04-01T08:00:00Z");
    for (const char* const text : {"", "-", "1775030400.5", "999999999999", "x"}) {
        INFO(text);
        CHECK(read("X", text).empty());
    }
    const std::vector<ColumnHint> hints = {{"date", {"when"}, Looks::LikeDates}};
    for (const auto& [value, format] :
         {std::pair("1775030400", "\"X\""), std::pair("1775030400000", "\"XSSS\""),
          std::pair("\"/Date(1775030400000)/\"", "\"DOTNET\"")}) {
        const auto sketches =
            sketch_tables(R"([{"a":1,"when":)" + std::string(value) + "}]", hints);
        REQUIRE(sketches);
        CHECK_THAT(sketches->front().text,
                   Catch::Matchers::Contains(std::string("date_format = ") + format));
    }
    const auto sketches = sketch_tables("when,a\n42,1\n", hints);
    REQUIRE(sketches);
    CHECK_THAT(sketches->front().text, Catch::Matchers::Contains("FILL IN"));
}

TEST_CASE("bytes of other encodings become UTF-8 wherever they are cut", "[kit][table]") {
    CHECK(decoded(TextEncoding::Latin1, "caf\xE9") == "café");
    CHECK(decoded(TextEncoding::Windows1252, "\x80 \x93x\x94 \x81") == "€ “x” \xEF\xBF\xBD");
    CHECK(decoded(TextEncoding::Utf16, std::string_view("\xFF\xFE\xE9\0=\xD8\0\xDE", 8)) == "é😀");
    CHECK(decoded(TextEncoding::Utf16, std::string_view("\xFE\xFF\0a\xDC\0\0b", 8)) ==
          "a\xEF\xBF\xBD"
          "b");
    CHECK(decoded(TextEncoding::Utf8, "é") == "é");
}

TEST_CASE("a sketch names the columns it found and repeats no value but coded words",
          "[kit][table]") {
    const std::vector<ColumnHint> hints = {{"case", {"caseno"}},
                                           {"date", {"date"}, Looks::LikeDates},
                                           {"status", {"status"}, Looks::LikeCodes, "statuses"}};
    const auto sketches = sketch_tables(
        "Case No.;Some Date;Status;Name\n7;31.12.2026;SET;Smith\n8;01.02.2026;OFF;Jones\n", hints);
    REQUIRE(sketches);
    const TableSketch* const sketch = &sketches->front();
    using Catch::Matchers::Contains;
    CHECK_THAT(sketch->text, Contains("separator = \";\"") && Contains("case = \"Case No.\"") &&
                                 Contains("date_format = \"DD.MM.YYYY\"") && Contains("\"OFF\"") &&
                                 Contains("not read: \"Name\"") && !Contains("Smith"));
    CHECK(sketch->has("status"));
    CHECK_FALSE(sketch_tables("no list at all", hints));
}

TEST_CASE("a title before the header is no header, and no title is taken for one", "[kit][table]") {
    TableProfile profile;
    profile.section = "csv";
    profile.columns.add("case", "Case");
    profile.columns.add("date", "Date");
    const auto read = [&profile](const std::string& text, Parsed& parsed) {
        Report report(parsed, "list.csv");
        std::size_t rows = 0;
        const TableSource source("list.csv", as_bytes(text));
        const auto end = read_table(source, profile, report, [&rows](const TableRow& row) {
            CHECK(row.cell("case") == "1");
            ++rows;
            return Status{};
        });
        REQUIRE(end);
        CHECK(end->rows == rows);
        return rows;
    };
    Parsed titled;
    CHECK(read("A court, of a county\nprinted today\n\nCase,Date\n1,2\n", titled) == 1);
    CHECK(titled.refusals.empty());
    Parsed none;
    CHECK(read("Case,Day\n" + std::string(30 * 4, '\n') + "1,2\n1,2\n", none) == 0);
    REQUIRE(none.refusals.size() == 1);
    CHECK(none.refusals[0].line == 1);
    CHECK(none.refusals[0].refusal.field == "Date");
    std::string late;
    for (int i = 0; i < 11; ++i) {
        late += "a title\n";
    }
    Parsed far;
    CHECK(read(late + "Case,Date\n1,2\n", far) == 0);
    CHECK(far.refusals.size() == 2);
}

TEST_CASE("a column whose name says that it is another thing is not taken for it", "[kit][table]") {
    const std::vector<ColumnHint> hints = {
        {"released", {"releasedate"}, Looks::LikeDates, {}, {"est", "sched"}}};
    for (const char* const name : {"Est Release Date", "scheduledReleaseDate"}) {
        const auto sketches = sketch_tables(std::string(name) + ",a\n2026-11-20,1\n", hints);
        REQUIRE(sketches);
        CHECK_FALSE(sketches->front().has("released"));
    }
    CHECK(sketch_tables("Release Date,a\n2026-11-20,1\n", hints)->front().has("released"));
}

TEST_CASE("of a document's lists the one is sketched first whose own rows tell most, however long",
          "[kit][table]") {
    const std::vector<ColumnHint> hints = {{"booking", {"bookingno"}},
                                           {"client", {"inmateid"}},
                                           {"booked", {"booked"}, Looks::LikeDates},
                                           {"type", {"type"}}};
    const auto sketches = sketch_tables(
        R"({"inmates":[{"bookingNo":"1","inmateId":"7","booked":"2026-11-20","charges":[
            {"code":"a","type":"F"},{"code":"b","type":"M"},{"code":"c","type":"M"}]}]})",
        hints);
    REQUIRE(sketches);
    REQUIRE(sketches->size() == 2);
    using Catch::Matchers::Contains;
    CHECK_THAT(sketches->front().text, Contains("rows = \"inmates[]\""));
    CHECK_THAT(sketches->back().text, Contains("rows = \"inmates[].charges[]\""));
}

}  // namespace carehub::adapters
