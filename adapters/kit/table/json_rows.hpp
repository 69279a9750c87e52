// The rows of a list in a JSON document, as cells; the one door to lists in JSON.
//
// PATHS. To the rows: names parted by dots, a list marked by [], the last one always:
//   hearings[]                      the list under "hearings"
//   []                              the document is the list
//   courts[].rooms[].hearings[]     every hearing of every room of every court
// Of a cell, seen from its row: names parted by dots; a number picks from a list (judges.0.name);
// ../ goes out to the element, or the document, that holds the list: ../name is the room's.
//
// Contract: rows in order, numbered from 1. Texts as they are, numbers as they are written shortest,
// true, false; what is missing, null or no plain value is an empty cell.
// Errors: Invalid when the text is no JSON (RFC 8259) or nests too deep; NotFound when nothing
// stands at the path. An error of the callback stops the reading. Threads: any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"

namespace carehub::adapters {

using OnJsonRow = std::function<Status(std::uint64_t number, std::span<const std::string> cells)>;

[[nodiscard]] bool is_rows_path(std::string_view rows);
[[nodiscard]] Status read_json_rows(std::string_view text, std::string_view rows,
                                    std::span<const std::string> cells, const OnJsonRow& on_row);

struct JsonList {
    std::string rows;  ///< path of the longest list of objects in the document
    std::vector<std::string>
        cells;  ///< paths of the plain values seen from its rows, outer ones too
};
/// For a first look at an unknown document. Errors: as read_json_rows().
[[nodiscard]] Result<JsonList> find_json_list(std::string_view text);

}  // namespace carehub::adapters
