#include "adapters/clinic/hl7/escape.hpp"

#include <optional>

#include "hub/base/bytes.hpp"

namespace carehub::adapters::clinic::hl7 {
namespace {

std::string one(char c) { return c == 0 ? std::string{} : std::string(1, c); }

std::optional<std::string> decode_hex(std::string_view digits) {
    std::string bytes(digits.size() / 2, '\0');
    const std::span<std::uint8_t> out{reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()};
    if (digits.empty() || digits.size() % 2 != 0 || !from_hex(digits, out)) {
        return std::nullopt;
    }
    return bytes;
}

/// What stands between two escape characters; nothing when the sequence is not known.
std::optional<std::string> decode_one(std::string_view body, const Delimiters& d) {
    if (body.size() == 1) {
        switch (body.front()) {
            case 'F': return one(d.field);
            case 'S': return one(d.component);
            case 'T': return one(d.subcomponent);
            case 'R': return one(d.repetition);
            case 'E': return one(d.escape);
            case 'P': return one(d.truncation == 0 ? '#' : d.truncation);
            case 'H':
            case 'N': return std::string{};
            default: return std::nullopt;
        }
    }
    if (body.size() > 1 && body.front() == 'X') {
        return decode_hex(body.substr(1));
    }
    if (body.size() > 1 && body.front() == '.') {
        return std::string(1, ' ');
    }
    return std::nullopt;
}

char letter_of(char c, const Delimiters& d) {
    if (c == d.field) {
        return 'F';
    }
    if (c == d.component) {
        return 'S';
    }
    if (c == d.subcomponent) {
        return 'T';
    }
    if (c == d.repetition) {
        return 'R';
    }
    if (c == d.escape) {
        return 'E';
    }
    return 0;
}

}  // namespace

std::string decode_escapes(std::string_view raw, const Delimiters& delimiters) {
    if (delimiters.escape == 0 || raw.find(delimiters.escape) == std::string_view::npos) {
        return std::string(raw);
    }
    std::string text;
    text.reserve(raw.size());
    std::size_t at = 0;
    while (at < raw.size()) {
        const std::size_t open = raw.find(delimiters.escape, at);
        text += raw.substr(at, open - at);
        if (open == std::string_view::npos) {
            break;
        }
        const std::size_t close = raw.find(delimiters.escape, open + 1);
        if (close == std::string_view::npos) {
            text += raw.substr(open);
            break;
        }
        const auto decoded = decode_one(raw.substr(open + 1, close - open - 1), delimiters);
        // An unknown sequence may be a lone escape character: its end can begin the next one.
        text += decoded ? *decoded : std::string(raw.substr(open, close - open));
        at = decoded ? close + 1 : close;
    }
    return text;
}

std::string encode_escapes(std::string_view text, const Delimiters& delimiters) {
    std::string raw;
    for (const char c : text) {
        const char letter = letter_of(c, delimiters);
        if (letter == 0 || delimiters.escape == 0) {
            const bool printable = static_cast<unsigned char>(c) >= 0x20;
            raw += letter == 0 && printable ? c : ' ';
            continue;
        }
        raw += delimiters.escape;
        raw += letter;
        raw += delimiters.escape;
    }
    return raw;
}

}  // namespace carehub::adapters::clinic::hl7
