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
// true, false; what is missing, null or no plain value is an empty cell. An element of an outer list
// whose own list is missing or empty (a hearing without parties) is given too, as a hollow row: only
// the cells of it and of what holds it can be filled.
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

inline constexpr std::string_view kOutOfRow = "../";

struct JsonRow {
    std::uint64_t number = 0;
    std::span<const std::string> cells;  ///< valid during the call
    bool is_hollow = false;
};
using OnJsonRow = std::function<Status(const JsonRow&)>;

[[nodiscard]] bool is_rows_path(std::string_view rows);
[[nodiscard]] Status read_json_rows(std::string_view text, std::string_view rows,
                                    std::span<const std::string> cells, const OnJsonRow& on_row);

struct JsonList {
    std::string rows;  ///< path of a list of objects
    std::vector<std::string>
        cells;  ///< paths of the plain values seen from its rows, outer ones too
};
/// Lists that a first look at an unknown document considers.
inline constexpr std::size_t kJsonListsMax = 16;
/// Its lists of objects, the longest first, of equally long ones the outer; kJsonListsMax at most.
/// Errors: as read_json_rows().
[[nodiscard]] Result<std::vector<JsonList>> find_json_lists(std::string_view text);

}  // namespace carehub::adapters
