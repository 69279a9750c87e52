#include "adapters/housing/situation_history.hpp"

#include <algorithm>

namespace carehub::adapters::housing {

void SituationHistory::add(const std::string& person, Date day, SituationClass situation) {
    if (situation != SituationClass::Unset && situation != SituationClass::Other) {
        people_[person].push_back({day, situation});
    }
}

void SituationHistory::sort() {
    for (auto& [person, known] : people_) {
        std::ranges::sort(known);
    }
}

SituationClass SituationHistory::before(const std::string& person, Date day) const {
    const auto found = people_.find(person);
    if (found == people_.end()) {
        return SituationClass::Unset;
    }
    const auto& known = found->second;
    const auto after = std::ranges::lower_bound(known, day, {}, &Known::day);
    return after == known.begin() ? SituationClass::Unset : std::prev(after)->situation;
}

}  // namespace carehub::adapters::housing
