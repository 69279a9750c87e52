#include "adapters/clinic/hl7/delimiters.hpp"

#include <algorithm>
#include <string>

namespace carehub::adapters::clinic::hl7 {
namespace {

constexpr std::size_t kFieldSeparatorAt = 3;  // behind "MSH"
constexpr std::size_t kEncodingCharactersMax = 5;
constexpr std::size_t kEscapeAt = 2;

bool is_usable(char c) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    const bool digit = c >= '0' && c <= '9';
    return byte > 0x20 && byte < 0x7F && !letter && !digit;
}

bool all_different(std::string characters) {
    std::sort(characters.begin(), characters.end());
    return std::adjacent_find(characters.begin(), characters.end()) == characters.end();
}

}  // namespace

Result<Delimiters> read_delimiters(std::string_view msh) {
    if (msh.size() <= kFieldSeparatorAt || !is_usable(msh[kFieldSeparatorAt])) {
        return fail(ErrorCode::Invalid, "MSH-1 is no field separator");
    }
    const char field = msh[kFieldSeparatorAt];
    const std::string_view rest = msh.substr(kFieldSeparatorAt + 1);
    std::string encoding(rest.substr(0, rest.find(field)));
    if (encoding.size() > kEscapeAt + 1 && encoding[kEscapeAt] == encoding[kEscapeAt + 1]) {
        encoding.erase(kEscapeAt, 1);
    }
    const bool usable = std::all_of(encoding.begin(), encoding.end(), is_usable);
    if (encoding.empty() || encoding.size() > kEncodingCharactersMax || !usable ||
        !all_different(encoding + field)) {
        return fail(ErrorCode::Invalid, "MSH-2 does not declare usable separators");
    }
    encoding.resize(kEncodingCharactersMax, '\0');
    return Delimiters{field, encoding[0], encoding[1], encoding[2], encoding[3], encoding[4]};
}

}  // namespace carehub::adapters::clinic::hl7
