// Door to the system's IANA zone database (Debian tzdata). Edges only: never the core.
//
// Errors: NotFound for a name the database does not have. Threads: any thread.
#pragma once

#include <string_view>

#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"

namespace carehub {

/// The zone's offsets for the years kZoneFirstYear to kZoneLastYear (base/limits.hpp).
[[nodiscard]] Result<TimeZone> load_zone(std::string_view iana_name);

}  // namespace carehub
