// Whole numbers as bytes, least significant first: the spelling of every number the journal stores.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>

#include "hub/base/bytes.hpp"

namespace carehub::journal {

template <std::unsigned_integral Number>
void put(Bytes& out, Number number) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        out.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
    }
}

inline void put(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

/// The number at `offset`; the caller has checked that it is there.
template <std::unsigned_integral Number>
[[nodiscard]] Number get(ByteView bytes, std::size_t offset) {
    Number number = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        number = static_cast<Number>(number | (Number{bytes[offset + i]} << (8 * i)));
    }
    return number;
}

template <class Array>
[[nodiscard]] Array get_array(ByteView bytes, std::size_t offset) {
    Array array{};
    std::ranges::copy(bytes.subspan(offset, array.size()), array.begin());
    return array;
}

}  // namespace carehub::journal
