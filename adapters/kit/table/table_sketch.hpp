// A first profile for a list, sketched from a sample of it: `adapter init`.
//
// Contract: columns are guessed by their names and by what their values look like; what was not
// guessed stands as a comment. A date or a time that is there by its name, in no known way of writing,
// keeps its column and an empty format, which no profile may have: it has to be filled in. The text is the list's part of a profile: [csv] or [json] with its
// columns, and the words of its coded columns to give a meaning. Of values only those words are
// repeated, never names or numbers of persons. A JSON document with several lists gives a sketch of each.
// Errors: Invalid when the sample is no list. Threads: any thread.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/error.hpp"

namespace carehub::adapters {

/// What the values of a column look like.
enum class Looks : std::uint8_t { AsTheyMay, LikeDates, LikeTimes, LikeCodes };

/// A key of a kind and the words by which partners name such a column, the likeliest first.
struct ColumnHint {
    std::string_view key;
    std::vector<std::string_view> names;
    Looks looks = Looks::AsTheyMay;
    std::string_view words = {};  ///< of codes: the profile's table that gives them a meaning
    /// A name that holds one of these is another thing: a planned release is no release.
    std::vector<std::string_view> never = {};
};

struct TableSketch {
    std::string text;
    std::vector<std::string> found;  ///< keys that have a column
    std::vector<std::string> names;  ///< of all columns: their letters and digits, lower case
    std::size_t own = 0;             ///< of `found`, those that stand in the rows themselves

    /// One of the columns' names holds one of the words.
    [[nodiscard]] bool names_any(std::initializer_list<std::string_view> words) const;
    [[nodiscard]] bool has(std::string_view key) const;
};

/// At least one; the list whose own rows have the most of the hinted columns first, then the longest.
[[nodiscard]] Result<std::vector<TableSketch>> sketch_tables(std::string_view sample,
                                                             std::span<const ColumnHint> hints);

/// A text as TOML writes it.
[[nodiscard]] std::string toml_text(std::string_view text);

}  // namespace carehub::adapters
