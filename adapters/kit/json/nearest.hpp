// The word someone probably meant.
#pragma once

#include <algorithm>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

namespace carehub::adapters {

/// How many letters have to be put in, left out or replaced to turn one word into the other.
[[nodiscard]] inline std::size_t edits_between(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

/// The first of the words with the fewest edits; empty when there are no words.
[[nodiscard]] inline std::string_view nearest(std::string_view word,
                                              std::span<const std::string_view> words) {
    const std::string_view asked = word.substr(0, 64);  // what is longer resembles none
    const auto found = std::min_element(words.begin(), words.end(), [asked](auto a, auto b) {
        return edits_between(asked, a) < edits_between(asked, b);
    });
    return found == words.end() ? std::string_view{} : *found;
}

}  // namespace carehub::adapters
