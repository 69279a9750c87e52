// A table of codes and what they mean.
// Threads: any thread.
#pragma once

#include <optional>
#include <string_view>

namespace carehub::adapters::clinic {

template <class T>
struct CodeRow {
    std::string_view code;
    T value;
};

/// Compares exactly; nothing for a code that is not of the table.
template <class T, std::size_t N>
std::optional<T> look_up(const CodeRow<T> (&table)[N], std::string_view code) {
    for (const CodeRow<T>& row : table) {
        if (row.code == code) {
            return row.value;
        }
    }
    return std::nullopt;
}

}  // namespace carehub::adapters::clinic
