// Bytes read from front to back, believing none of them: what chunks of a snapshot are decoded
// with.
//
// Contract: after the first read beyond the end, and after a number that does not fit, is_good() is
// false for ever and every read gives zeros. Views borrow the bytes.
// Threads: confined to its owner.
#pragma once

#include <string>

#include "hub/journal/little_endian.hpp"

namespace carehub::snapshot {

class ByteReader {
public:
    explicit ByteReader(ByteView bytes) : rest_(bytes) {}

    [[nodiscard]] bool is_good() const { return good_; }
    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

    template <std::unsigned_integral Number>
    [[nodiscard]] Number number() {
        const ByteView bytes = take(sizeof(Number));
        return good_ ? journal::get<Number>(bytes, 0) : Number{0};
    }

    /// Seven bits a byte, least significant first; the last byte has no top bit.
    [[nodiscard]] std::uint64_t varint() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto byte = this->number<std::uint8_t>();
            const std::uint64_t bits = byte & 0x7FU;
            if (shift == 63 && bits > 1) {
                break;
            }
            number |= bits << shift;
            if ((byte & 0x80U) == 0) {
                return number;
            }
        }
        good_ = false;
        return 0;
    }

    /// A count of items of which each takes at least `item_bytes_min`: never more than can follow.
    [[nodiscard]] std::size_t count(std::size_t item_bytes_min) {
        const std::uint64_t count = varint();
        if (count > rest_.size() / item_bytes_min) {
            good_ = false;
            return 0;
        }
        return static_cast<std::size_t>(count);
    }

    template <class Array>
    [[nodiscard]] Array array() {
        const ByteView bytes = take(Array{}.size());
        return good_ ? journal::get_array<Array>(bytes, 0) : Array{};
    }

    /// A length and that many bytes.
    [[nodiscard]] ByteView bytes() { return take(count(1)); }
    [[nodiscard]] std::string text() { return std::string(as_text(bytes())); }

private:
    [[nodiscard]] ByteView take(std::size_t count) {
        if (!good_ || count > rest_.size()) {
            good_ = false;
            return {};
        }
        const ByteView taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }

    ByteView rest_;
    bool good_ = true;
};

inline void put_varint(Bytes& out, std::uint64_t number) {
    while (number > 0x7FU) {
        out.push_back(static_cast<std::uint8_t>(number | 0x80U));
        number >>= 7U;
    }
    out.push_back(static_cast<std::uint8_t>(number));
}

inline void put_bytes(Bytes& out, ByteView bytes) {
    put_varint(out, bytes.size());
    journal::put(out, bytes);
}

}  // namespace carehub::snapshot
