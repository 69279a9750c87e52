// The hub's time for an adapter: in a simulation what is "now" for its files is business time.
//
// Contract: now() is the system's time once the hub has said that it is real. Until then, and in a
// simulation, it asks the hub in a short session of its own.
// Errors: Timeout, Unavailable: the hub does not answer; try again later.
// Threads: confined to one thread.
#pragma once

#include <optional>

#include "adapters/kit/link_file.hpp"
#include "hub/base/clock.hpp"
#include "hub/base/error.hpp"

namespace carehub::tool {

class HubTime {
public:
    explicit HubTime(adapters::LinkFile link) : link_(std::move(link)) {}

    [[nodiscard]] Result<UtcTime> now();
    /// `real` where the hub lives in real time, else business time.
    [[nodiscard]] Result<UtcTime> instead_of(UtcTime real);

private:
    /// Nothing when the hub's time is the system's.
    [[nodiscard]] Result<std::optional<UtcTime>> invented();

    adapters::LinkFile link_;
    SystemClock clock_;
    bool is_real_ = false;
};

}  // namespace carehub::tool
