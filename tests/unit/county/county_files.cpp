#include "tests/unit/county/county_files.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/support/catch.hpp"

namespace carehub::county_test {

namespace {

fs::path fresh_folder() {
    static int count = 0;
    return fs::temp_directory_path() /
           ("carehub-county-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
}

}  // namespace

county::CountyOptions options(std::uint64_t clients, unsigned days, std::uint64_t seed,
                              const char* start) {
    county::CountyOptions result;
    result.clients = clients;
    result.days = days;
    result.seed = seed;
    result.start = parse_iso_date(start).value();
    return result;
}

TemporaryCounty::TemporaryCounty(county::CountyOptions options) : options_(std::move(options)) {
    options_.out = fresh_folder();
    const Status status = county::generate_county(options_, {});
    REQUIRE(status);
}

TemporaryCounty::~TemporaryCounty() {
    std::error_code ignored;  // a folder left behind harms nobody
    fs::remove_all(options_.out, ignored);
}

fs::path TemporaryCounty::day(unsigned number) const {
    return options_.out / (std::string("day-") + (number < 10 ? "0" : "") + std::to_string(number));
}

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t at = 0;
    for (std::size_t next = text.find(separator); next != std::string::npos;
         next = text.find(separator, at)) {
        parts.push_back(text.substr(at, next - at));
        at = next + 1;
    }
    parts.push_back(text.substr(at));
    return parts;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines = split(text, '\n');
    for (std::string& line : lines) {
        if (!line.empty() && line.back() == '\r') {
            line.pop_back();
        }
    }
    if (!lines.empty() && lines.back().empty()) {
        lines.pop_back();
    }
    return lines;
}

std::map<std::string, std::string> tree_of(const fs::path& folder) {
    std::map<std::string, std::string> tree;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            tree[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
        }
    }
    return tree;
}

namespace {

/// RFC 4180 without line breaks inside quotes, which the county never writes.
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += c;
        }
    }
    return cells;
}

}  // namespace

std::vector<CsvRow> read_csv(const fs::path& path) {
    const std::vector<std::string> lines = lines_of(read_file(path));
    REQUIRE(!lines.empty());
    const std::vector<std::string> header = cells_of(lines.front());
    std::vector<CsvRow> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const std::vector<std::string> cells = cells_of(lines[i]);
        if (cells.size() != header.size()) {
            return {};
        }
        CsvRow row;
        for (std::size_t column = 0; column < cells.size(); ++column) {
            row[header[column]] = cells[column];
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Hl7Message> read_hl7(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<Hl7Message> messages;
    for (const fs::path& file : files) {
        for (const std::string& line : lines_of(read_file(file))) {
            if (line.rfind("MSH|", 0) == 0) {
                messages.emplace_back();
            }
            if (!line.empty()) {
                messages.back().push_back(split(line, '|'));
            }
        }
    }
    return messages;
}

std::string field(const Hl7Message& message, const std::string& segment, std::size_t number) {
    const std::size_t index = segment == "MSH" ? number - 1 : number;
    for (const auto& fields : message) {
        if (fields.front() == segment) {
            return index < fields.size() ? fields[index] : "";
        }
    }
    return "";
}

std::string json_value(const std::string& line, const std::string& key) {
    const std::string start = "\"" + key + "\":";
    const std::size_t at = line.find(start);
    if (at == std::string::npos) {
        return "";
    }
    std::size_t from = at + start.size();
    if (line[from] == '"') {
        ++from;
        return line.substr(from, line.find('"', from) - from);
    }
    return line.substr(from, line.find_first_of(",}", from) - from);
}

std::vector<std::string> json_list(const std::string& line, const std::string& key) {
    const std::string start = "\"" + key + "\":[";
    const std::size_t at = line.find(start);
    std::vector<std::string> items;
    if (at == std::string::npos) {
        return items;
    }
    const std::size_t from = at + start.size();
    for (std::string item : split(line.substr(from, line.find(']', from) - from), ',')) {
        std::erase(item, '"');
        if (!item.empty()) {
            items.push_back(item);
        }
    }
    return items;
}

}  // namespace carehub::county_test
