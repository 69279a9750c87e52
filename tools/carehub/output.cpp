#include "tools/carehub/output.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include <boost/json.hpp>

#include "hub/base/check.hpp"

namespace carehub::tool {
namespace json = boost::json;
namespace {

std::string text_of(const json::value& value) {
    if (value.is_string()) {
        return std::string(value.get_string());
    }
    if (value.is_array()) {
        std::string text;
        for (const json::value& item : value.get_array()) {
            text += (text.empty() ? "" : ", ") + text_of(item);
        }
        return text;
    }
    return value.is_null() ? "" : json::serialize(value);
}

/// Bytes of UTF-8 that begin a character: what a terminal counts.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

void print_row(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool last = i + 1 == cells.size();
        std::cout << cells[i] << (last ? "" : std::string(widths[i] - width(cells[i]) + 2, ' '));
    }
    std::cout << "\n";
}

}  // namespace

json::object parse_line(const std::string& line) {
    json::error_code error;
    json::value value = json::parse(line, error);
    CAREHUB_CHECK(!error && value.is_object(), "the hub answers JSON objects");
    return std::move(value.get_object());
}

std::string text_at(const json::object& object, const std::string& key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr ? "" : text_of(*value);
}

void print_pages(const std::vector<std::string>& lines, bool json,
                 void (*print_page)(const boost::json::object& line)) {
    for (const std::string& line : lines) {
        if (json) {
            std::cout << line << "\n";
        } else {
            print_page(parse_line(line));
        }
    }
}

void print_table(const std::vector<std::string>& titles,
                 const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const std::string& title : titles) {
        widths.push_back(width(title));
    }
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], width(row[i]));
        }
    }
    print_row(titles, widths);
    for (const auto& row : rows) {
        print_row(row, widths);
    }
}

void print_lines(const std::vector<std::string>& lines, bool as_json,
                 const std::vector<Column>& columns, const std::string& empty) {
    if (as_json) {
        for (const std::string& line : lines) {
            std::cout << line << "\n";
        }
        return;
    }
    if (lines.empty()) {
        std::cout << empty << "\n";
        return;
    }
    std::vector<std::string> titles;
    for (const Column& column : columns) {
        titles.push_back(column.title);
    }
    std::vector<std::vector<std::string>> rows;
    for (const std::string& line : lines) {
        const json::object object = parse_line(line);
        std::vector<std::string> row;
        for (const Column& column : columns) {
            row.push_back(text_at(object, column.key));
        }
        rows.push_back(std::move(row));
    }
    print_table(titles, rows);
}

void print_title(const std::string& title) {
    std::cout << "\n" << title << "\n" << std::string(title.size(), '-') << "\n";
}

std::string first_lines(const std::string& text, std::size_t count) {
    std::size_t end = 0;
    for (std::size_t line = 0; line < count && end < text.size(); ++line) {
        const std::size_t next = text.find('\n', end);
        end = next == std::string::npos ? text.size() : next + 1;
    }
    return text.substr(0, end) + (end < text.size() ? "...\n" : "");
}

void print_progress(const std::string& what, std::uint64_t done, std::uint64_t of) {
    if (::isatty(STDERR_FILENO) != 0) {
        std::cerr << "\r" << what << " " << done << "/" << of << (done == of ? "\n" : "")
                  << std::flush;
    }
}

}  // namespace carehub::tool
