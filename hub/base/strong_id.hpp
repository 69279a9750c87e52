// Ids that cannot be mixed up: one C++ type per meaning.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>

#include "hub/base/bytes.hpp"

namespace carehub {

/// A number with a meaning. `Tag` is an incomplete struct named for it.
template <class Tag, class Rep>
struct StrongId {
    Rep value{};

    friend constexpr auto operator<=>(const StrongId&, const StrongId&) = default;
};

/// 128 bits with a meaning: derived ids and keyed hashes. All zero means "none".
template <class Tag>
struct StrongHash {
    Hash128 value{};

    [[nodiscard]] constexpr bool is_none() const { return *this == StrongHash{}; }
    friend constexpr auto operator<=>(const StrongHash&, const StrongHash&) = default;
    /// In words: byte by byte it is a call, and hashes are compared more often than all else.
    friend constexpr bool operator==(const StrongHash& a, const StrongHash& b) {
        using Words = std::array<std::uint64_t, 2>;
        const auto one = std::bit_cast<Words>(a.value);
        const auto other = std::bit_cast<Words>(b.value);
        return one[0] == other[0] && one[1] == other[1];
    }
};

}  // namespace carehub

template <class Tag, class Rep>
struct std::hash<carehub::StrongId<Tag, Rep>> {
    std::size_t operator()(const carehub::StrongId<Tag, Rep>& id) const noexcept {
        return std::hash<Rep>{}(id.value);
    }
};

template <class Tag>
struct std::hash<carehub::StrongHash<Tag>> {
    std::size_t operator()(const carehub::StrongHash<Tag>& id) const noexcept {
        std::size_t word = 0;  // the value is already a uniform hash: any word of it serves
        std::memcpy(&word, id.value.data(), sizeof word);
        return word;
    }
};
