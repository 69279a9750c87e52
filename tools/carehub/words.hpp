// Enumerators as people write them in files and options: `case_manager`, `CaseManager`,
// `CASE_MANAGER`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/model/submission.hpp"

namespace carehub::tool {

/// Letters and digits alone, lower case.
[[nodiscard]] std::string plain_word(std::string_view text);

template <class E>
[[nodiscard]] std::optional<E> parse_word(std::string_view text) {
    const std::string wanted = plain_word(text);
    for (std::size_t i = 1; i < enum_count<E>(); ++i) {
        if (plain_word(kEnumNames<E>[i]) == wanted) {
            return static_cast<E>(i);
        }
    }
    return std::nullopt;
}

/// Parts of a cell that lists several, separated by `;`, blanks around them dropped.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text);
/// "PART2;HIV": nothing when one is no label.
[[nodiscard]] std::optional<Labels> parse_labels(std::string_view text);
/// Names or numbers of kinds of event; nothing when one is none.
[[nodiscard]] std::optional<std::vector<EventKind>> parse_kinds(std::string_view text);
/// "08:30" as minutes after midnight.
[[nodiscard]] std::optional<std::uint16_t> parse_clock(std::string_view text);

}  // namespace carehub::tool
