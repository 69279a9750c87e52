// Credit in one direction: what may be under way without an answer.
//
// Contract: never below 0, never above its maximum. Threads: with its session.
#pragma once

#include <algorithm>
#include <cstdint>

namespace carehub::gateway {

class Credit {
public:
    Credit(std::uint32_t now, std::uint32_t max) : now_(now), max_(max) {}

    [[nodiscard]] std::uint32_t now() const { return now_; }
    /// False, and nothing taken, when there is less.
    [[nodiscard]] bool take(std::uint32_t count) {
        if (count > now_) {
            return false;
        }
        now_ -= count;
        return true;
    }
    void give(std::uint32_t count) { now_ += std::min(count, max_ - now_); }

private:
    std::uint32_t now_;
    std::uint32_t max_;
};

}  // namespace carehub::gateway
