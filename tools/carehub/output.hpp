// Printing: JSON lines as they are, or as tables and sentences for people.
#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace carehub::tool {

struct Column {
    std::string title;
    std::string key;  ///< in the JSON object
};

/// With `json` the lines themselves; else a table of the columns, or `empty` when there is none.
void print_lines(const std::vector<std::string>& lines, bool json,
                 const std::vector<Column>& columns, const std::string& empty);
/// With `json` the lines themselves; else each as `print_page` shows it to people.
void print_pages(const std::vector<std::string>& lines, bool json,
                 void (*print_page)(const boost::json::object& line));
void print_table(const std::vector<std::string>& titles,
                 const std::vector<std::vector<std::string>>& rows);
/// One line of a hub's answer. Answers come from a hub we trust; anything else stops the command.
[[nodiscard]] boost::json::object parse_line(const std::string& line);
/// A value of a line as text: strings unquoted, arrays joined by ", ".
[[nodiscard]] std::string text_at(const boost::json::object& object, const std::string& key);

/// A heading between the parts of a long page.
void print_title(const std::string& title);
/// So many of its lines, and that there are more.
[[nodiscard]] std::string first_lines(const std::string& text, std::size_t count);

/// Progress on a terminal, nothing elsewhere.
void print_progress(const std::string& what, std::uint64_t done, std::uint64_t of);

}  // namespace carehub::tool
