#include "hub/base/clock.hpp"

namespace carehub {

UtcTime SystemClock::now() const {
    return std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now());
}

Micros SystemClock::steady() const {
    return std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace carehub
