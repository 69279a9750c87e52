// Where each person was last known to live, by day: what L2 compares a new situation with.
//
// Contract: add everything, then sort() once, then ask. Situations that say nothing about a place
// (not collected, refused, deceased) are not kept. Of two on one day the last in code order counts,
// so that the order of rows in a file does not matter.
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/base/utc_time.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::housing {

class SituationHistory {
public:
    void add(const std::string& person, Date day, SituationClass situation);
    void sort();
    /// The last known before that day; Unset when nothing is known.
    [[nodiscard]] SituationClass before(const std::string& person, Date day) const;

private:
    struct Known {
        Date day{};
        SituationClass situation = SituationClass::Unset;
        friend auto operator<=>(const Known&, const Known&) = default;
    };
    std::unordered_map<std::string, std::vector<Known>> people_;
};

}  // namespace carehub::adapters::housing
