// Measures one event's whole way: published over CURVE, made durable, acknowledged to the
// publisher, delivered to every subscriber, acknowledged by it. The hub is a process of its own on
// a copy of the world.
//
// Contract: run_route() ends when every event is acknowledged by every subscriber; the rate counts
// until staff questions are less than 5 s behind. It removes what it made; on an error the log
// stays.
// Errors: what processes and sessions say; Timeout when events or notices stop coming.
// Threads: any one thread.
#pragma once

#include "tools/carehub/bench/figures.hpp"
#include "tools/carehub/bench/world.hpp"

namespace carehub::tool::bench {

[[nodiscard]] Result<Figures> run_route(const World& world, const Options& options);
/// The same on a folder that holds a copy of the world already, and stays.
[[nodiscard]] Result<Figures> run_route_in(const Folder& folder, Links links,
                                           const Options& options);

}  // namespace carehub::tool::bench
