#include "adapters/clinic/hl7/element.hpp"

#include <algorithm>
#include <array>

#include "adapters/clinic/hl7/charset.hpp"
#include "adapters/clinic/hl7/escape.hpp"
#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic::hl7 {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

/// Letters and digits: what nearly every value consists of, and what no separator and no escape is.
constexpr std::array<bool, 256> kWordCharacters = [] {
    std::array<bool, 256> table{};
    for (const std::string_view letters :
         {"0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"}) {
        for (const char c : letters) {
            table[static_cast<unsigned char>(c)] = true;
        }
    }
    return table;
}();

bool is_word(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return kWordCharacters[static_cast<unsigned char>(c)]; });
}

/// Printable ASCII without an escape.
bool is_plain(std::string_view text, char escape) {
    return std::all_of(text.begin(), text.end(),
                       [escape](char c) { return c >= 0x20 && c < 0x7F && c != escape; });
}

}  // namespace

std::string_view trim(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::string to_upper(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return upper;
}

std::vector<Element> Element::repetitions() const {
    std::vector<Element> all;
    std::string_view rest = raw_;
    while (!rest.empty() && all.size() < kRepetitionsMax) {
        const std::string_view head = nth_part(rest, delimiters_.repetition, 1);
        all.emplace_back(head, delimiters_, Level::Repetition);
        rest.remove_prefix(std::min(rest.size(), head.size() + 1));
    }
    return all;
}

/// Up to the first separator of this or a lower level; 0 is one that was not declared.
std::string_view Element::leaf() const {
    if (level_ == Level::Subcomponent) {
        return raw_;
    }
    const char subcomponent = delimiters_.subcomponent;
    const char component = level_ == Level::Component ? subcomponent : delimiters_.component;
    const char repetition = level_ == Level::Field ? delimiters_.repetition : component;
    const auto ends_leaf = [=](char c) {
        return (c == subcomponent || c == component || c == repetition) && c != 0;
    };
    return raw_.substr(
        0, static_cast<std::size_t>(std::ranges::find_if(raw_, ends_leaf) - raw_.begin()));
}

std::string Element::value() const {
    if (is_word(raw_)) {
        return std::string(raw_);
    }
    const std::string_view told = leaf();
    if (told == kDelete) {
        return {};
    }
    if (is_plain(told, delimiters_.escape)) {
        return std::string(trim(told));
    }
    std::string text = decode_escapes(told, delimiters_);
    text.erase(std::remove_if(text.begin(), text.end(), is_control), text.end());
    // Hexadecimal escapes carry bytes of the sender's own character set.
    if (!is_utf8(text)) {
        text = latin1_to_utf8(text);
    }
    return std::string(trim(text));
}

}  // namespace carehub::adapters::clinic::hl7
