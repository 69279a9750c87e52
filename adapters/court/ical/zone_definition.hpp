// A VTIMEZONE as a table of offsets (RFC 5545 3.6.5). Threads: any thread.
#pragma once

#include <optional>
#include <string>

#include "adapters/court/ical/component.hpp"
#include "hub/base/time_zone.hpp"

namespace carehub::adapters::court {

/// Nothing when it has no STANDARD or DAYLIGHT part, or one of them cannot be read. `name` becomes the zone's.
[[nodiscard]] std::optional<TimeZone> zone_from_definition(const Component& definition,
                                                           const std::string& name);

}  // namespace carehub::adapters::court
