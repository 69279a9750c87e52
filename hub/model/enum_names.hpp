// Enumerators and their spelling, once: the glossary's words are what files, JSON and people read.
//
// An enumeration that has names specialises kEnumNames with its enumerators' spellings in order of
// value, from 0 without gaps. On the wire 0 is always `Unset`: nothing required may be Unset.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace carehub {

template <class E>
inline constexpr std::string_view kEnumNames[1] = {""};

template <class E>
[[nodiscard]] constexpr std::size_t enum_count() {
    return sizeof(kEnumNames<E>) / sizeof(std::string_view);
}

template <class E>
[[nodiscard]] constexpr bool is_known(E value) {
    return static_cast<std::size_t>(value) < enum_count<E>();
}

template <class E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
    return is_known(value) ? kEnumNames<E>[static_cast<std::size_t>(value)] : "Unknown";
}

/// The enumerator spelled exactly so; never `Unset`.
template <class E>
[[nodiscard]] constexpr std::optional<E> parse_name(std::string_view name) {
    for (std::size_t i = 0; i < enum_count<E>(); ++i) {
        if (kEnumNames<E>[i] == name && name != "Unset") {
            return static_cast<E>(i);
        }
    }
    return std::nullopt;
}

}  // namespace carehub
