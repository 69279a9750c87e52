#include "adapters/clinic/mapping/security_labels.hpp"

#include <algorithm>

#include "adapters/clinic/hl7/element.hpp"
#include "adapters/clinic/mapping/code_table.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr CodeRow<SecurityLabel> kLabels[] = {
    {"SUD", SecurityLabel::Part2},
    {"ETH", SecurityLabel::Part2},
    {"ETHUD", SecurityLabel::Part2},
    {"OPIOIDUD", SecurityLabel::Part2},
    {"42CFRPART2", SecurityLabel::Part2},
    {"42CFRPART2CD", SecurityLabel::Part2},
    {"DRG", SecurityLabel::Part2},
    {"PSY", SecurityLabel::MentalHealth},
    {"MH", SecurityLabel::MentalHealth},
    {"BH", SecurityLabel::MentalHealth},
    {"EMOTDIS", SecurityLabel::MentalHealth},
    {"PSYTHPN", SecurityLabel::Psychotherapy},
    {"HIV", SecurityLabel::Hiv},
    {"DV", SecurityLabel::DvProtected},
    {"SDV", SecurityLabel::DvProtected},
    {"LOCIS", SecurityLabel::LocationProtected},
    {"LOC", SecurityLabel::LocationProtected},
};

/// Nothing to anybody but those who must know.
constexpr std::string_view kVeryRestricted[] = {"V", "ALL"};

/// Sensitive by these codes themselves, or not to be told without the client's leave.
constexpr std::string_view kSensitive[] = {
    "R",   "STD",    "SEX",      "SEXUALHLTH", "GDIS",     "TBOO",      "SICKLE", "MST",
    "SPI", "SMD",    "NODSCLCD", "NORDSCLCD",  "NORDSLCD", "NODSCLCDS", "VIP",    "CEL",
    "PRS", "COERCE", "VIO",      "SUICIDE",    "PREGNANT", "ADOL"};

/// Markings that ask for nothing beyond what every record gets, and marks of test data.
constexpr std::string_view kOrdinary[] = {"U", "L", "M", "N", "NO", "HTEST"};

template <std::size_t N>
bool is_one_of(const std::string_view (&codes)[N], std::string_view code) {
    return std::find(std::begin(codes), std::end(codes), code) != std::end(codes);
}

}  // namespace

std::optional<SecurityLabel> security_label_of(std::string_view code) {
    return look_up(kLabels, hl7::to_upper(code));
}

bool SecurityMarkings::add(std::string_view code) {
    const std::string upper = hl7::to_upper(code);
    const auto own = site_->labels.find(upper);
    const bool named = upper != "*" && own != site_->labels.end();
    if (named) {
        labels_.add(own->second);
    }
    if (const auto label = look_up(kLabels, std::string_view(upper))) {
        labels_.add(*label);
        return true;
    }
    const bool very_restricted = is_one_of(kVeryRestricted, upper);
    const bool sensitive = is_one_of(kSensitive, upper);
    very_restricted_ = very_restricted_ || very_restricted;
    sensitive_ = sensitive_ || sensitive;
    return named || very_restricted || sensitive || is_one_of(kOrdinary, upper);
}

Labels SecurityMarkings::labels() const {
    Labels all = labels_;
    if (very_restricted_ || (sensitive_ && labels_.empty())) {
        all.add(SecurityLabel::LocationProtected);
    }
    return all;
}

}  // namespace carehub::adapters::clinic
