#include "adapters/clinic/hl7/charset.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "adapters/clinic/hl7/element.hpp"

namespace carehub::adapters::clinic::hl7 {
namespace {

constexpr std::array<std::string_view, 4> kUtf8Names = {"UNICODE UTF-8", "UNICODE", "UTF-8",
                                                        "UTF8"};
constexpr std::array<std::string_view, 4> kLatin1Names = {"8859/1", "ISO-8859-1", "ISO8859-1",
                                                          "ISO IR100"};
constexpr std::array<std::string_view, 4> kUndeclaredNames = {"", "ASCII", "US-ASCII", "ISO IR6"};
/// Table 0211, and what senders write for it: names that a refusal may repeat.
constexpr std::array<std::string_view, 27> kNotReadNames = {
    "8859/2",         "8859/3",        "8859/4",    "8859/5",         "8859/6",   "8859/7",
    "8859/8",         "8859/9",        "8859/10",   "8859/11",        "8859/13",  "8859/14",
    "8859/15",        "8859/16",       "ISO IR13",  "ISO IR14",       "ISO IR87", "ISO IR159",
    "JIS X 0202",     "GB 18030-2000", "KS X 1001", "CNS 11643-1992", "BIG-5",    "UNICODE UTF-16",
    "UNICODE UTF-32", "WINDOWS-1252",  "UTF-16"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Bytes of the UTF-8 sequence that begins with `lead`; 0 when none does.
std::size_t sequence_length(unsigned char lead) {
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return 4;
    }
    return 0;
}

/// The second byte excludes overlong forms, surrogates and what lies beyond U+10FFFF.
bool second_byte_fits(unsigned char lead, unsigned char second) {
    const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
}

bool sequence_fits(std::string_view sequence) {
    if (sequence.size() == 1) {
        return true;
    }
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(sequence[i]); };
    if (!second_byte_fits(byte(0), byte(1))) {
        return false;
    }
    return std::all_of(sequence.begin() + 2, sequence.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
}

}  // namespace

/// A word at a time: every message is looked through from end to end.
bool is_ascii(std::string_view text) {
    constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080;
    std::uint64_t seen = 0;
    while (text.size() >= sizeof seen) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), sizeof word);
        seen |= word;
        text.remove_prefix(sizeof word);
    }
    for (const char c : text) {
        seen |= static_cast<unsigned char>(c);
    }
    return (seen & kHighBits) == 0;
}

bool is_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length = sequence_length(static_cast<unsigned char>(text[at]));
        if (length == 0 || length > text.size() - at || !sequence_fits(text.substr(at, length))) {
            return false;
        }
        at += length;
    }
    return true;
}

std::string latin1_to_utf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    for (const char c : bytes) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x80) {
            text += c;
        } else {
            text += static_cast<char>(0xC0U | (code >> 6U));
            text += static_cast<char>(0x80U | (code & 0x3FU));
        }
    }
    return text;
}

std::string_view not_read_name(std::string_view declared) {
    const std::string name = to_upper(trim(declared));
    const auto known = std::find(kNotReadNames.begin(), kNotReadNames.end(), name);
    return known == kNotReadNames.end() ? std::string_view{} : *known;
}

Result<Transcoded> to_utf8(std::string_view bytes, std::string_view told) {
    const std::string declared = to_upper(trim(told));
    const bool latin1 = is_one_of(declared, kLatin1Names);
    const bool undeclared = is_one_of(declared, kUndeclaredNames);
    if (!latin1 && !undeclared && !is_one_of(declared, kUtf8Names)) {
        return fail(ErrorCode::Unsupported, "character set not read");
    }
    if (is_ascii(bytes)) {  // the same in all of them
        return Transcoded{std::string(bytes), false};
    }
    if (latin1 || !is_utf8(bytes)) {
        return Transcoded{latin1_to_utf8(bytes), !latin1};
    }
    return Transcoded{std::string(bytes), undeclared};
}

}  // namespace carehub::adapters::clinic::hl7
