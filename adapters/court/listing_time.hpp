// Times that a listing only half tells: call lists and days without a time. Threads: any thread.
#pragma once

#include <string>
#include <string_view>

#include "adapters/court/listing.hpp"
#include "adapters/court/site.hpp"

namespace carehub::adapters::court {

/// The hearing's type or title (normalised) says that many cases are called from one time on.
[[nodiscard]] bool names_call_list(const Site& site, std::string_view normalised);

/// A call list occupies its half day from the time given: until noon, or until the court closes.
void widen_to_half_day(const Site& site, Listing& listing);

/// A day without a time: the hours of the profile, flagged as uncertain.
void place_soft_block(const Site& site, Listing& listing);

}  // namespace carehub::adapters::court
