// Everything before the first day: the county, the hub's folder and process, and the registry.
//
// Errors: what failed, with the log to read. Threads: as Process.
#pragma once

#include "tools/carehub/demo_days.hpp"
#include "tools/carehub/demo_hub.hpp"
#include "tools/carehub/demo_people.hpp"

namespace carehub::tool::demo {

/// Writes the county and makes the folders. The demonstration's folder must not exist yet.
[[nodiscard]] Status make_world(const DemoOptions& options, const DemoFolder& folder);
/// Makes the hub's data folder and fills its registry before a hub runs on it: partners and staff,
/// directory, roster, agreements and consents. Returns a sentence for each import with refused
/// rows.
[[nodiscard]] Result<std::vector<std::string>> register_county(const DemoFolder& folder,
                                                               const People& people,
                                                               const Days& days);
/// Starts the hub on a free port and writes that port into the link files.
[[nodiscard]] Result<HubProcess> start_hub(const DemoFolder& folder, const People& people);

}  // namespace carehub::tool::demo
