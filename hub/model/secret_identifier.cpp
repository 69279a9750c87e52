#include "hub/model/secret_identifier.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace carehub {
namespace {

constexpr std::array<std::string_view, 2> kTypes = {"SS", "SSN"};
/// Of the United States' social security numbers: its OID, FHIR's name of it, and short ones.
constexpr std::string_view kOid = "2.16.840.1.113883.4.1";
constexpr std::array<std::string_view, 5> kAuthorities = {"SSA", "USSSA", "US-SSA", "SSN",
                                                          "HTTP://HL7.ORG/FHIR/SID/US-SSN"};

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

bool is_oid_of(std::string_view authority) {
    const std::size_t at = authority.find(kOid);
    if (at == std::string_view::npos) {
        return false;
    }
    const std::size_t end = at + kOid.size();
    const auto goes_on = [&](std::size_t place) {
        return place < authority.size() &&
               (authority[place] == '.' || (authority[place] >= '0' && authority[place] <= '9'));
    };
    return !goes_on(end) && (at == 0 || !goes_on(at - 1));
}

/// 123-45-6789, with hyphens or spaces.
bool has_shape(std::string_view value) {
    constexpr std::string_view kShape = "000-00-0000";
    return value.size() == kShape.size() &&
           std::ranges::equal(value, kShape, [](char told, char wanted) {
               return wanted == '0' ? told >= '0' && told <= '9' : told == '-' || told == ' ';
           });
}

}  // namespace

bool is_secret(const Identifier& identifier) {
    const std::string authority = upper(identifier.authority);
    return std::ranges::find(kTypes, upper(identifier.type)) != kTypes.end() ||
           std::ranges::find(kAuthorities, authority) != kAuthorities.end() ||
           is_oid_of(authority) || has_shape(identifier.value);
}

}  // namespace carehub
