// Where each person was last known to live, by day: what L2 compares a new situation with.
//
// Contract: add everything, then sort() once, then ask. Situations that say nothing about a place
// (not collected, refused, deceased) are not kept. Of two on one day the last in code order counts,
// so that the order of rows in a file does not matter. A person is known by the hash of the id.
// Threads: confined to one thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hub/base/utc_time.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters::housing {

/// Days as HMIS dates have them: half the room of a Date.
using DayNumber = std::int32_t;
[[nodiscard]] inline DayNumber day_number(Date date) {
    return static_cast<DayNumber>(date.time_since_epoch().count());
}
[[nodiscard]] inline Date date_of(DayNumber day) { return Date{std::chrono::days{day}}; }

class SituationHistory {
public:
    void add(std::uint64_t person, Date day, SituationClass situation) {
        if (situation != SituationClass::Unset && situation != SituationClass::Other) {
            known_.push_back({person, day_number(day), situation});
        }
    }
    void sort() { std::ranges::sort(known_); }
    /// The last known before that day; Unset when nothing is known.
    [[nodiscard]] SituationClass before(std::uint64_t person, Date day) const {
        const Known asked{person, day_number(day), SituationClass::Unset};
        const auto after = std::ranges::lower_bound(known_, asked);
        return after == known_.begin() || std::prev(after)->person != person
                   ? SituationClass::Unset
                   : std::prev(after)->situation;
    }

private:
    struct Known {
        std::uint64_t person = 0;
        DayNumber day = 0;
        SituationClass situation = SituationClass::Unset;
        friend auto operator<=>(const Known&, const Known&) = default;
    };
    std::vector<Known> known_;
};

}  // namespace carehub::adapters::housing
