#include "adapters/kit/text_encoding.hpp"

#include <array>

#include "adapters/kit/text.hpp"

namespace carehub::adapters {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

/// Windows-1252 from 0x80 to 0x9F; the rest is ISO 8859-1. Zero: stands for nothing.
constexpr std::array<std::uint16_t, 32> kWindows1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::uint32_t windows_code_point(unsigned char byte) {
    if (byte < 0x80 || byte > 0x9F) {
        return byte;
    }
    const std::uint16_t code = kWindows1252[byte - 0x80U];
    return code == 0 ? kReplacement : code;
}

}  // namespace

std::optional<TextEncoding> encoding_called(std::string_view name) {
    struct Spelling {
        std::string_view name;
        TextEncoding encoding;
    };
    constexpr std::array kSpellings = {Spelling{"utf-8", TextEncoding::Utf8},
                                       Spelling{"iso-8859-1", TextEncoding::Latin1},
                                       Spelling{"windows-1252", TextEncoding::Windows1252},
                                       Spelling{"utf-16", TextEncoding::Utf16}};
    for (const Spelling& spelling : kSpellings) {
        if (equal_ignoring_case(spelling.name, name)) {
            return spelling.encoding;
        }
    }
    return std::nullopt;
}

std::string_view Utf8Decoder::decode(std::string_view bytes) {
    if (encoding_ == TextEncoding::Utf8) {
        return bytes;
    }
    text_.clear();
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (encoding_ == TextEncoding::Utf16) {
            if (!half_unit_) {
                half_unit_ = byte;
                continue;
            }
            const unsigned first = *half_unit_;
            half_unit_.reset();
            take_unit(static_cast<std::uint16_t>(big_endian_ ? first << 8U | byte
                                                             : unsigned{byte} << 8U | first));
        } else {
            put(encoding_ == TextEncoding::Latin1 ? byte : windows_code_point(byte));
        }
    }
    return text_;
}

void Utf8Decoder::take_unit(std::uint16_t unit) {
    const bool marks = at_start_ && (unit == 0xFEFF || unit == 0xFFFE);
    at_start_ = false;
    if (marks) {
        big_endian_ = unit == 0xFFFE;
        return;
    }
    const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (high_surrogate_ != 0) {
        const std::uint32_t high = high_surrogate_;
        high_surrogate_ = 0;
        if (is_low) {
            return put(0x10000U + ((high - 0xD800U) << 10U) + (unit - 0xDC00U));
        }
        put(kReplacement);
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        high_surrogate_ = unit;
    } else {
        put(is_low ? kReplacement : unit);
    }
}

void Utf8Decoder::put(std::uint32_t code_point) {
    const auto add = [this](std::uint32_t byte) { text_ += static_cast<char>(byte); };
    if (code_point < 0x80) {
        return add(code_point);
    }
    if (code_point < 0x800) {
        add(0xC0U | code_point >> 6U);
    } else {
        if (code_point < 0x10000) {
            add(0xE0U | code_point >> 12U);
        } else {
            add(0xF0U | code_point >> 18U);
            add(0x80U | (code_point >> 12U & 0x3FU));
        }
        add(0x80U | (code_point >> 6U & 0x3FU));
    }
    add(0x80U | (code_point & 0x3FU));
}

}  // namespace carehub::adapters
