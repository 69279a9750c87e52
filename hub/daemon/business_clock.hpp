// The clock partners' inputs are stamped with: the wall's, or in a simulation a time that stands
// until `carehub clock advance` moves it. Sockets and heartbeats always live in real time.
//
// Threads: any thread reads; the core's thread moves it.
#pragma once

#include <atomic>

#include "hub/base/clock.hpp"

namespace carehub::daemon {

class BusinessClock final : public Clock {
public:
    /// Real time.
    BusinessClock() = default;
    /// Stands at `start`.
    explicit BusinessClock(UtcTime start)
        : stands_at_(start.time_since_epoch().count()), real_(false) {}

    [[nodiscard]] UtcTime now() const override {
        return real_ ? wall_.now() : UtcTime{Micros{stands_at_.load()}};
    }
    [[nodiscard]] Micros steady() const override { return wall_.steady(); }
    /// Only in a simulation.
    void move(UtcTime to) { stands_at_ = to.time_since_epoch().count(); }
    [[nodiscard]] bool is_real() const { return real_; }

private:
    SystemClock wall_;
    std::atomic<Micros::rep> stands_at_{0};
    bool real_ = true;
};

}  // namespace carehub::daemon
