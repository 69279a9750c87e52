#include "hub/base/zone_database.hpp"

#include <stdexcept>

#include <date/tz.h>

#include "hub/base/limits.hpp"

namespace carehub {
namespace {

TimeZone copy_offsets(const date::time_zone& source, std::string_view name) {
    TimeZone zone{std::string(name), {}};
    date::sys_seconds at = date::sys_days{date::year{kZoneFirstYear} / 1 / 1};
    const date::sys_seconds until = date::sys_days{date::year{kZoneLastYear} / 12 / 31};
    while (at < until) {
        const date::sys_info info = source.get_info(at);
        if (zone.transitions.empty() || zone.transitions.back().offset != info.offset) {
            zone.transitions.push_back({UtcTime{at.time_since_epoch()}, info.offset});
        }
        if (info.end <= at) {
            break;
        }
        at = info.end;
    }
    return zone;
}

}  // namespace

Result<TimeZone> load_zone(std::string_view iana_name) {
    try {
        return copy_offsets(*date::locate_zone(std::string(iana_name)), iana_name);
    } catch (const std::runtime_error&) {
        return fail(ErrorCode::NotFound,
                    "time zone is not in the system's IANA database; use a name such as "
                    "America/New_York");
    }
}

}  // namespace carehub
