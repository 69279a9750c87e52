#include "hub/match/names.hpp"

#include <algorithm>

namespace carehub::match {
namespace {

constexpr std::string_view kPlaceholders[] = {"unknown",  "unk",      "doe",     "baby",
                                              "babyboy",  "babygirl", "newborn", "test",
                                              "everyman", "noname",   "none",    "na"};
/// Hexadecimal digits alone, so many: a hash.
constexpr std::size_t kHashLettersMin = 16;

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

bool is_hash(const std::string& name) {
    return name.size() >= kHashLettersMin && std::ranges::all_of(name, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

/// The digit of a letter; '0' for vowels, which part equal digits; ' ' for h and w, which do not.
char digit_of(char letter) {
    static constexpr std::string_view kDigits = "01230120022455012623010202";
    if (letter == 'h' || letter == 'w') {
        return ' ';
    }
    return is_letter(letter) ? kDigits[static_cast<std::size_t>(letter - 'a')] : ' ';
}

}  // namespace

std::string comparable_name(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept = upper || is_letter(c) || (c >= '0' && c <= '9') ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (kept) {
            out.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
        }
    }
    const bool placeholder = std::ranges::find(kPlaceholders, out) != std::end(kPlaceholders);
    return placeholder || is_hash(out) ? "" : out;
}

std::string soundex(std::string_view comparable) {
    constexpr std::size_t kLength = 4;
    std::string code;
    char before = ' ';
    for (const char letter : comparable) {
        if (!is_letter(letter)) {
            continue;
        }
        const char digit = digit_of(letter);
        if (code.empty()) {
            code.push_back(static_cast<char>(letter - 'a' + 'A'));
            before = digit;
            continue;
        }
        if (digit == ' ') {
            continue;
        }
        if (digit != '0' && digit != before && code.size() < kLength) {
            code.push_back(digit);
        }
        before = digit;
    }
    if (!code.empty()) {
        code.resize(kLength, '0');
    }
    return code;
}

}  // namespace carehub::match
