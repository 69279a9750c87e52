// One client's whole plan: who, which story, what ordinary traffic around it.
//
// Contract: a pure function of the world and the client's number (1 to world.clients()). Within
// each block of kBlockClients clients every story occurs its share of times, in an order drawn from
// the seed; client 1 always has a schedule conflict. Threads: any thread.
#pragma once

#include "tools/county/plan.hpp"
#include "tools/county/world.hpp"

namespace carehub::county {

[[nodiscard]] ClientPlan make_plan(const World& world, std::uint64_t client);

}  // namespace carehub::county
