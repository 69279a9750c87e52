// The bytes of `bench floor`'s events and receipts (dialect.hpp).
//
// Threads: any thread.
#pragma once

#include <cstring>

#include "hub/base/bytes.hpp"

namespace carehub::tool::bench {

inline constexpr std::size_t kFloorReceiptBytes = 2 * sizeof(std::uint64_t) + sizeof(Hash256);

inline void put_word(Bytes& bytes, std::size_t at, std::uint64_t word) {
    std::memcpy(bytes.data() + at, &word, sizeof word);
}

[[nodiscard]] inline std::uint64_t word_at(ByteView bytes, std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    return word;
}

/// `size_bytes` is at least 8.
[[nodiscard]] inline Bytes floor_event(std::uint64_t index, std::size_t size_bytes) {
    Bytes bytes(size_bytes, 'x');
    put_word(bytes, 0, index);
    return bytes;
}

}  // namespace carehub::tool::bench
