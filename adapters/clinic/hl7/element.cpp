#include "adapters/clinic/hl7/element.hpp"

#include <algorithm>

#include "adapters/clinic/hl7/charset.hpp"
#include "adapters/clinic/hl7/escape.hpp"
#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic::hl7 {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

/// Printable ASCII without an escape: nearly every value there is.
bool is_plain(std::string_view text, char escape) {
    return std::all_of(text.begin(), text.end(),
                       [escape](char c) { return c >= 0x20 && c < 0x7F && c != escape; });
}

}  // namespace

std::string_view nth_part(std::string_view text, char separator, unsigned number) {
    if (separator == 0) {
        return number == 1 ? text : std::string_view{};
    }
    // Parts are short: a plain loop is quicker than a call for each of them.
    std::size_t at = 0;
    for (unsigned i = 1; i < number; ++at) {
        if (at == text.size()) {
            return {};
        }
        i += text[at] == separator ? 1U : 0U;
    }
    std::size_t end = at;
    while (end < text.size() && text[end] != separator) {
        ++end;
    }
    return text.substr(at, end - at);
}

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string to_upper(std::string_view text) {
    std::string upper(text);
    for (char& c : upper) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return upper;
}

Element Element::part(unsigned number, char separator, Level level) const {
    return {nth_part(raw_, separator, number), delimiters_, level};
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

Element Element::component(unsigned number) const {
    if (level_ == Level::Field) {
        return part(1, delimiters_.repetition, Level::Repetition).component(number);
    }
    return part(number, delimiters_.component, Level::Component);
}

Element Element::subcomponent(unsigned number) const {
    if (level_ == Level::Field || level_ == Level::Repetition) {
        return component(1).subcomponent(number);
    }
    return part(number, delimiters_.subcomponent, Level::Subcomponent);
}

std::string Element::value() const {
    const Element leaf = level_ == Level::Subcomponent ? *this : subcomponent(1);
    if (leaf.is_delete()) {
        return {};
    }
    if (is_plain(leaf.raw_, delimiters_.escape)) {
        return std::string(trim(leaf.raw_));
    }
    std::string text = decode_escapes(leaf.raw_, delimiters_);
    text.erase(std::remove_if(text.begin(), text.end(), is_control), text.end());
    // Hexadecimal escapes carry bytes of the sender's own character set.
    if (!is_utf8(text)) {
        text = latin1_to_utf8(text);
    }
    return std::string(trim(text));
}

}  // namespace carehub::adapters::clinic::hl7
