#include "hub/codec/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace carehub::codec {
namespace {

constexpr bool is_within(std::uint8_t byte, std::uint8_t low, std::uint8_t high) {
    return byte >= low && byte <= high;
}

/// What may follow a lead byte: how many bytes, and the range of the first of them.
struct Tail {
    std::size_t length;
    std::uint8_t low;
    std::uint8_t high;
};

constexpr Tail tail_of(std::uint8_t lead) {
    if (is_within(lead, 0xC2, 0xDF)) {
        return {1, 0x80, 0xBF};
    }
    if (is_within(lead, 0xE0, 0xEF)) {
        return {2, lead == 0xE0 ? std::uint8_t{0xA0} : std::uint8_t{0x80},
                lead == 0xED ? std::uint8_t{0x9F} : std::uint8_t{0xBF}};
    }
    if (is_within(lead, 0xF0, 0xF4)) {
        return {3, lead == 0xF0 ? std::uint8_t{0x90} : std::uint8_t{0x80},
                lead == 0xF4 ? std::uint8_t{0x8F} : std::uint8_t{0xBF}};
    }
    return {0, 0, 0};
}

/// How many bytes from the start, in eights, are ASCII and not NUL: most texts, eight at a time.
std::size_t plain_ascii(std::string_view text) {
    constexpr std::uint64_t kOnes = 0x0101010101010101U;
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::size_t at = 0;
    for (; text.size() - at >= sizeof(std::uint64_t); at += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        const bool has_nul = ((word - kOnes) & ~word & kHighBits) != 0;
        if ((word & kHighBits) != 0 || has_nul) {
            break;
        }
    }
    return at;
}

}  // namespace

bool is_plain_utf8(std::string_view text) {
    const auto at = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    for (std::size_t i = plain_ascii(text); i < text.size(); ++i) {
        if (at(i) < 0x80) {
            if (at(i) == 0) {
                return false;
            }
            continue;
        }
        const Tail tail = tail_of(at(i));
        if (tail.length == 0 || text.size() - i <= tail.length ||
            !is_within(at(i + 1), tail.low, tail.high)) {
            return false;
        }
        for (std::size_t k = 2; k <= tail.length; ++k) {
            if (!is_within(at(i + k), 0x80, 0xBF)) {
                return false;
            }
        }
        i += tail.length;
    }
    return true;
}

}  // namespace carehub::codec
