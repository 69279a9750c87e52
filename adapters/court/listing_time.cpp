#include "adapters/court/listing_time.hpp"

#include <algorithm>

#include "adapters/court/limits.hpp"
#include "hub/base/limits.hpp"

namespace carehub::adapters::court {

bool names_call_list(const Site& site, std::string_view normalised) {
    return !site.call_list_pattern.empty() &&
           normalised.find(site.call_list_pattern) != std::string_view::npos;
}

void widen_to_half_day(const Site& site, Listing& listing) {
    listing.time_flags.add(TimeFlag::CallList);
    const LocalTime day{local_date(site.zone, listing.start).time_since_epoch()};
    const LocalTime start = to_local(site.zone, listing.start);
    const std::chrono::minutes until = start < day + kNoon ? kNoon : kAfternoonUntil;
    listing.end = std::max(listing.end, to_utc(site.zone, day + until).time);
}

void place_soft_block(const Site& site, Listing& listing) {
    const LocalTime day{listing.local_day.time_since_epoch()};
    listing.date_only = true;
    listing.start = to_utc(site.zone, day + site.soft_from).time;
    listing.end = to_utc(site.zone, day + site.soft_until).time;
    listing.time_flags.add(TimeFlag::DateOnly);
    listing.time_flags.add(TimeFlag::TimeUncertain);
}

}  // namespace carehub::adapters::court
