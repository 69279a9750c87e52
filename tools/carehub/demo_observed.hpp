// What the hub says at the end of a demonstration: alerts, counts, and what was delivered to whom.
//
// Errors: as HubClient. Threads: confined to one thread.
#pragma once

#include "adapters/kit/hub_client.hpp"
#include "tools/carehub/demo_people.hpp"
#include "tools/carehub/demo_seen.hpp"

namespace carehub::tool::demo {

/// Asks over the operator's session; reads deliveries without acknowledging over each recipient's
/// own.
[[nodiscard]] Result<Observed> observe(const DemoFolder& folder, const People& people,
                                       adapters::HubClient& admin);

}  // namespace carehub::tool::demo
