#include "tools/carehub/page.hpp"

#include <array>
#include <cctype>
#include <iostream>
#include <sstream>

#include "hub/base/utc_time.hpp"

namespace carehub::tool {
namespace {

constexpr std::size_t kPageColumns = 96;
constexpr std::size_t kDateLetters = 10;
constexpr std::array<std::string_view, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};

}  // namespace

std::string spoken_time(std::string_view iso) {
    const auto time = parse_iso_time(iso);
    const auto date = parse_iso_date(iso.substr(0, kDateLetters));
    if (!time || !date || *time == kUnknownTime) {
        return "not told";
    }
    const std::size_t offset = iso.find_first_of("Z+-", kDateLetters);
    const auto weekday = std::chrono::weekday{*date}.c_encoding();
    return std::string(kWeekdays.at(weekday)) + " " + std::string(iso.substr(0, kDateLetters)) +
           " " + std::string(iso.substr(kDateLetters + 1, 5)) + " " +
           std::string(iso.substr(offset));
}

std::string in_words(std::string_view name) {
    std::string words;
    for (const char c : name) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isupper(letter) != 0 && !words.empty()) {
            words += ' ';
        }
        words += static_cast<char>(std::tolower(letter));
    }
    return words;
}

void print_paragraph(std::string_view text, std::string_view indent) {
    std::istringstream words{std::string(text)};
    std::string line;
    for (std::string word; words >> word;) {
        if (!line.empty() && indent.size() + line.size() + 1 + word.size() > kPageColumns) {
            std::cout << indent << line << "\n";
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
    }
    std::cout << indent << line << "\n";
}

}  // namespace carehub::tool
