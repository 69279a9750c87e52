// What the hub says at the end of a demonstration: alerts, counts, and what was delivered to whom.
//
// Errors: as HubClient. Threads: confined to one thread.
#pragma once

#include "adapters/kit/hub_client.hpp"
#include "tools/carehub/demo_people.hpp"
#include "tools/carehub/demo_seen.hpp"
#include "tools/carehub/truth.hpp"

namespace carehub::tool::demo {

/// Asks over the operator's session; reads deliveries without acknowledging over each recipient's
/// own. Trails are read of the clients of whom the truth tells events.
[[nodiscard]] Result<Observed> observe(const DemoFolder& folder, const Truth& truth,
                                       const People& people, adapters::HubClient& admin);

}  // namespace carehub::tool::demo
