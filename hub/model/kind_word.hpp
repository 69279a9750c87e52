// How the command line, agreements and consents spell a kind of partner: "clinic", "housing" ...
#pragma once

#include <iterator>
#include <optional>
#include <string_view>

#include "hub/model/vocabulary.hpp"

namespace carehub {

inline constexpr std::string_view kKindWords[] = {"none",  "clinic",      "hospital", "housing",
                                                  "court", "supervision", "jail",     "staff"};
static_assert(std::size(kKindWords) == enum_count<PartnerKind>());

[[nodiscard]] constexpr std::string_view kind_word(PartnerKind kind) {
    return kKindWords[is_known(kind) ? static_cast<std::size_t>(kind) : 0];
}

[[nodiscard]] constexpr std::optional<PartnerKind> parse_kind_word(std::string_view word) {
    for (std::size_t i = 1; i < std::size(kKindWords); ++i) {
        if (kKindWords[i] == word) {
            return static_cast<PartnerKind>(i);
        }
    }
    return std::nullopt;
}

}  // namespace carehub
