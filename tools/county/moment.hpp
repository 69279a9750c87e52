// Minutes and spans of the county's wall clock. Threads: plain data.
#pragma once

#include "hub/base/utc_time.hpp"

namespace carehub::county {

/// A minute of the wall clock.
struct Moment {
    Date date{};
    int minute = 0;  ///< after midnight
    friend bool operator==(const Moment&, const Moment&) = default;
};

struct Slot {
    Date date{};
    int minute = 0;
    int length = 0;  ///< minutes
    [[nodiscard]] int end() const { return minute + length; }
    friend bool operator==(const Slot&, const Slot&) = default;
};

}  // namespace carehub::county
