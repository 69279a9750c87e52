// Zone names as calendars write them, towards IANA names. Threads: any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace carehub::adapters::court {

/// Names to try in the zone database, best first: the name itself, in whatever case, then what stands
/// behind a vendor's prefix ("/example.org/20070129_1/Europe/Berlin" gives "Europe/Berlin").
[[nodiscard]] std::vector<std::string> iana_candidates(std::string_view tzid);

/// The IANA name of a Windows zone ("Eastern Standard Time") or of its label; empty if unknown.
[[nodiscard]] std::string_view windows_zone(std::string_view tzid);

}  // namespace carehub::adapters::court
