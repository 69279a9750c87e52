// Measures the same way as run_route() with nothing in it: what this machine allows the hub's own
// building blocks (floor_hub.hpp), met by the same publishers and subscribers.
//
// Errors: as run_route(). Threads: any one thread.
#pragma once

#include "tools/carehub/bench/figures.hpp"

namespace carehub::tool::bench {

[[nodiscard]] Result<Figures> run_floor(const Options& options);

}  // namespace carehub::tool::bench
