#include "tools/carehub/words.hpp"

#include <array>
#include <cctype>

namespace carehub::tool {
namespace {

struct LabelWord {
    std::string_view word;
    SecurityLabel label;
};
constexpr std::array kLabels = {LabelWord{"part2", SecurityLabel::Part2},
                                LabelWord{"psychotherapy", SecurityLabel::Psychotherapy},
                                LabelWord{"mentalhealth", SecurityLabel::MentalHealth},
                                LabelWord{"hiv", SecurityLabel::Hiv},
                                LabelWord{"minor", SecurityLabel::Minor},
                                LabelWord{"dvprotected", SecurityLabel::DvProtected},
                                LabelWord{"locationprotected", SecurityLabel::LocationProtected},
                                LabelWord{"cji", SecurityLabel::Cji},
                                LabelWord{"sealedcase", SecurityLabel::SealedCase}};

}  // namespace

std::string plain_word(std::string_view text) {
    std::string word;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (std::isalnum(code) != 0) {
            word += static_cast<char>(std::tolower(code));
        }
    }
    return word;
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = text.find(';');
        std::string_view part = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const std::size_t first = part.find_first_not_of(" \t");
        const std::size_t last = part.find_last_not_of(" \t");
        if (first != std::string_view::npos) {
            parts.emplace_back(part.substr(first, last - first + 1));
        }
    }
    return parts;
}

std::optional<Labels> parse_labels(std::string_view text) {
    Labels labels;
    for (const std::string& part : split_list(text)) {
        bool known = false;
        for (const LabelWord& entry : kLabels) {
            if (plain_word(part) == entry.word) {
                labels.add(entry.label);
                known = true;
            }
        }
        if (!known) {
            return std::nullopt;
        }
    }
    return labels;
}

std::optional<std::vector<EventKind>> parse_kinds(std::string_view text) {
    std::vector<EventKind> kinds;
    for (const std::string& part : split_list(text)) {
        const auto kind = parse_event_kind(part);
        if (!kind) {
            return std::nullopt;
        }
        kinds.push_back(*kind);
    }
    return kinds;
}

std::optional<std::uint16_t> parse_clock(std::string_view text) {
    const bool shaped = text.size() == 5 && text[2] == ':' &&
                        std::isdigit(static_cast<unsigned char>(text[0])) != 0 &&
                        std::isdigit(static_cast<unsigned char>(text[1])) != 0 &&
                        std::isdigit(static_cast<unsigned char>(text[3])) != 0 &&
                        std::isdigit(static_cast<unsigned char>(text[4])) != 0;
    if (!shaped) {
        return std::nullopt;
    }
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour > 24 || minute > 59 || hour * 60 + minute > 24 * 60) {
        return std::nullopt;
    }
    return static_cast<std::uint16_t>(hour * 60 + minute);
}

}  // namespace carehub::tool
