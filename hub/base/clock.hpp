// Seam: wall-clock time. The core never sees it; gateway and adapters ask it and stamp data.
#pragma once

#include "hub/base/utc_time.hpp"

namespace carehub {

class Clock {
public:
    virtual ~Clock() = default;
    /// Wall-clock time now. May step back when the system's clock does; callers that need order
    /// keep their own maximum.
    [[nodiscard]] virtual UtcTime now() const = 0;
    /// A steady reading for intervals; never steps back.
    [[nodiscard]] virtual Micros steady() const = 0;
};

/// The system's clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] UtcTime now() const override;
    [[nodiscard]] Micros steady() const override;
};

}  // namespace carehub
