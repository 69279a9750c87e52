#include "adapters/housing/codes.hpp"

#include <algorithm>
#include <array>

namespace carehub::adapters::housing {
namespace {

constexpr std::uint8_t kDestination = 1;
constexpr std::uint8_t kCurrent = 2;
constexpr std::uint8_t kPrior = 4;
constexpr std::uint8_t kAll = kDestination | kCurrent | kPrior;

struct Situation {
    std::uint16_t code;
    std::uint8_t lists;
};

constexpr std::array kSituations = {
    Situation{8, kAll},
    Situation{9, kAll},
    Situation{17, kAll},
    Situation{24, kDestination},
    Situation{30, kDestination},
    Situation{37, kCurrent},
    Situation{99, kAll},
    Situation{101, kAll},
    Situation{116, kAll},
    Situation{118, kAll},
    Situation{204, kAll},
    Situation{205, kAll},
    Situation{206, kAll},
    Situation{207, kAll},
    Situation{215, kAll},
    Situation{225, kAll},
    Situation{302, kAll},
    Situation{312, kDestination},
    Situation{313, kDestination},
    Situation{314, kAll},
    Situation{327, kDestination},
    Situation{329, kAll},
    Situation{332, kAll},
    Situation{335, kCurrent | kPrior},
    Situation{336, kCurrent | kPrior},
    Situation{410, kAll},
    Situation{411, kAll},
    Situation{421, kAll},
    Situation{422, kDestination},
    Situation{423, kDestination},
    Situation{426, kDestination},
    Situation{435, kAll},
};

const Situation* find_situation(unsigned code) {
    const auto* found = std::find_if(kSituations.begin(), kSituations.end(),
                                     [code](const Situation& s) { return s.code == code; });
    return found == kSituations.end() ? nullptr : found;
}

std::uint8_t bit_of(SituationList list) {
    switch (list) {
        case SituationList::Destination: return kDestination;
        case SituationList::Current: return kCurrent;
        case SituationList::Prior: return kPrior;
    }
    return 0;
}

}  // namespace

bool is_record_type(unsigned code) {
    constexpr std::array kTypes = {141U, 142U, 143U, 144U, 151U, 152U, 161U, 200U, 210U, 300U};
    return std::ranges::find(kTypes, code) != kTypes.end();
}

bool is_coordinated_entry_event(unsigned code) { return code >= 1 && code <= 18; }

bool is_housing_referral(std::uint8_t event) { return event >= 10 && event <= 18; }

bool is_project_type(unsigned code) { return code <= 14 && code != 5; }

bool is_permanent_housing(std::uint8_t project_type) {
    return project_type == 3 || project_type == 9 || project_type == 10 || project_type == 13;
}

bool is_homeless_project(std::uint8_t project_type) {
    return project_type == 0 || project_type == 1 || project_type == 4 || project_type == 8;
}

bool is_situation(unsigned code) { return find_situation(code) != nullptr; }

bool belongs_to(unsigned code, SituationList list) {
    const Situation* situation = find_situation(code);
    return situation != nullptr && (situation->lists & bit_of(list)) != 0;
}

SituationClass situation_class(unsigned code) {
    switch (code / 100) {
        case 1: return SituationClass::Homeless;
        case 2: return SituationClass::Institution;
        case 3: return SituationClass::Temporary;
        case 4: return SituationClass::Permanent;
        default: return SituationClass::Other;
    }
}

Answer answer_of(unsigned code) {
    if (code == 0) {
        return Answer::No;
    }
    return code == 1 ? Answer::Yes : Answer::Unknown;
}

}  // namespace carehub::adapters::housing
