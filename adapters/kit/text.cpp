#include "adapters/kit/text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace carehub::adapters {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

std::uint8_t byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0};
}

bool is_tail(std::uint8_t byte) { return (byte & 0xC0U) == 0x80U; }

/// Bytes of the well-formed character at `at`; 0 when there is none.
std::size_t character_bytes(std::string_view text, std::size_t at) {
    const std::uint8_t first = byte_at(text, at);
    const std::uint8_t second = byte_at(text, at + 1);
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return is_tail(second) ? 2 : 0;
    }
    // The narrower second byte keeps out overlong forms, surrogates and what lies above U+10FFFF.
    const std::uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (first < 0xE0 || first > 0xF4 || second < low || second > high) {
        return 0;
    }
    if (!is_tail(byte_at(text, at + 2))) {
        return 0;
    }
    if (first < 0xF0) {
        return 3;
    }
    return is_tail(byte_at(text, at + 3)) ? 4 : 0;
}

}  // namespace

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlanks = " \t";
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, lower, lower);
}

bool is_utf8(std::string_view text) {
    // Most texts are plain ASCII: whole words of it are told at once.
    std::size_t at = 0;
    for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        if ((word & 0x8080808080808080U) != 0) {
            break;
        }
    }
    while (at < text.size()) {
        const std::size_t bytes = character_bytes(text, at);
        if (bytes == 0) {
            return false;
        }
        at += bytes;
    }
    return true;
}

/// Without a way out in the middle: the compiler makes one pass of many bytes at a time of it.
bool has_control(std::string_view text) {
    unsigned found = 0;
    for (const char c : text) {
        found |= is_control(c) ? 1U : 0U;
    }
    return found != 0;
}

std::string single_line(std::string_view text) {
    std::string out;
    bool apart = false;
    for (const char c : text) {
        if (c == ' ' || is_control(c)) {
            apart = !out.empty();
            continue;
        }
        if (apart) {
            out.push_back(' ');
        }
        apart = false;
        out.push_back(c);
    }
    return out;
}

std::string to_upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), upper);
    return out;
}

std::string normalise_word(std::string_view text) { return to_upper(single_line(text)); }

std::optional<int> parse_int(std::string_view digits) {
    int value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || stopped != end || digits.empty() || digits.front() == '-') {
        return std::nullopt;
    }
    return value;
}

std::string clip(std::string_view text, std::size_t bytes_max) {
    std::size_t size = std::min(text.size(), bytes_max);
    while (size < text.size() && size > 0 && is_tail(byte_at(text, size))) {
        --size;
    }
    return std::string(text.substr(0, size));
}

}  // namespace carehub::adapters
