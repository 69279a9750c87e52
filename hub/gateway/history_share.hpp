// How much history may be told: a share of what was told live in the second before, and a floor.
//
// Contract: over all sessions together, in each second of steady time, at most
// kHistoryPerSecondMin + live notices of the second before / kHistoryShare.
// Threads: confined to the gateway's thread.
#pragma once

#include <algorithm>

#include "hub/base/clock.hpp"
#include "hub/gateway/limits.hpp"

namespace carehub::gateway {

class HistoryShare {
public:
    explicit HistoryShare(const Clock& clock) : clock_(clock) {}

    void count_live() {
        turn();
        ++live_;
    }
    /// How many of `wanted` may be asked for now; they are taken.
    [[nodiscard]] std::uint32_t take(std::uint32_t wanted) {
        turn();
        const std::uint32_t taken = std::min(wanted, left_);
        left_ -= taken;
        return taken;
    }
    void give_back(std::uint32_t unused) { left_ += unused; }

private:
    void turn() {
        const auto second = std::chrono::floor<std::chrono::seconds>(clock_.steady());
        if (second != second_) {
            const bool follows = second - second_ == std::chrono::seconds{1};
            left_ = kHistoryPerSecondMin + (follows ? live_ / kHistoryShare : 0);
            live_ = 0;
            second_ = second;
        }
    }

    const Clock& clock_;
    std::chrono::seconds second_{-1};
    std::uint32_t live_ = 0;
    std::uint32_t left_ = kHistoryPerSecondMin;
};

}  // namespace carehub::gateway
