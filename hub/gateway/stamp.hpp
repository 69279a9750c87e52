// received_at: the clock's time, held back from ever going back.
//
// Threads: confined to the gateway's thread. Lifetime: borrows the clock.
#pragma once

#include <algorithm>

#include "hub/base/clock.hpp"

namespace carehub::gateway {

class Stamp {
public:
    /// `last`: the time of the last input of an earlier run.
    Stamp(const Clock& clock, UtcTime last) : clock_(clock), last_(last) {}

    [[nodiscard]] UtcTime next() {
        last_ = std::max(last_, clock_.now());
        return last_;
    }

private:
    const Clock& clock_;
    UtcTime last_;
};

}  // namespace carehub::gateway
