// Reads a generated county back with small readers of its own, so that the tests do not trust the
// writers they examine.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tools/county/county.hpp"

namespace carehub::county_test {

namespace fs = std::filesystem;

/// A county in a folder of its own, removed at the end.
class TemporaryCounty {
public:
    explicit TemporaryCounty(county::CountyOptions options);
    ~TemporaryCounty();
    TemporaryCounty(const TemporaryCounty&) = delete;
    TemporaryCounty& operator=(const TemporaryCounty&) = delete;

    [[nodiscard]] const fs::path& folder() const { return options_.out; }
    [[nodiscard]] const county::CountyOptions& options() const { return options_; }
    [[nodiscard]] fs::path day(unsigned number) const;

private:
    county::CountyOptions options_;
};

[[nodiscard]] county::CountyOptions options(std::uint64_t clients, unsigned days,
                                            std::uint64_t seed, const char* start);
[[nodiscard]] std::string read_file(const fs::path& path);
[[nodiscard]] std::vector<std::string> lines_of(const std::string& text);
[[nodiscard]] std::vector<std::string> split(const std::string& text, char separator);
/// Every file below the folder: relative path and content.
[[nodiscard]] std::map<std::string, std::string> tree_of(const fs::path& folder);

/// A row by column name.
using CsvRow = std::map<std::string, std::string>;
/// Refuses (an empty answer) rows that are longer or shorter than the header.
[[nodiscard]] std::vector<CsvRow> read_csv(const fs::path& path);

/// One message as segments of fields; fields of MSH begin with MSH-2.
using Hl7Message = std::vector<std::vector<std::string>>;
[[nodiscard]] std::vector<Hl7Message> read_hl7(const fs::path& folder);
/// Field `number` of the first segment of that name, empty when there is none.
[[nodiscard]] std::string field(const Hl7Message& message, const std::string& segment,
                                std::size_t number);

/// The text of a top-level string or number in a JSON line of the county.
[[nodiscard]] std::string json_value(const std::string& line, const std::string& key);
[[nodiscard]] std::vector<std::string> json_list(const std::string& line, const std::string& key);

}  // namespace carehub::county_test
