#include "adapters/court/text.hpp"

#include <charconv>

namespace carehub::adapters::court {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string to_upper(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        out.push_back(upper(c));
    }
    return out;
}

std::string normalise_case(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (!is_blank(c)) {
            out.push_back(upper(c));
        }
    }
    return out;
}

std::string normalise_word(std::string_view text) {
    std::string out;
    for (const char c : trim(text)) {
        if (!is_blank(c)) {
            out.push_back(upper(c));
        } else if (out.back() != ' ') {
            out.push_back(' ');
        }
    }
    return out;
}

std::optional<int> parse_int(std::string_view digits) {
    int value = 0;
    const char* const end = digits.data() + digits.size();
    const auto [stopped, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || stopped != end || digits.empty() || digits.front() == '-') {
        return std::nullopt;
    }
    return value;
}

}  // namespace carehub::adapters::court
