// Looks at a recurrence rule before anything is expanded (RFC 5545 3.3.10), so that what can never
// be a hearing's rule costs nothing.
//
// Contract: refused are rules by the hour, minute or second, also by way of BYHOUR, BYMINUTE and
// BYSECOND with more times of day than a court sits; COUNT beside UNTIL; an UNTIL or days of months
// that no calendar has. A rule that passes may still be too slow: that the expanding process finds.
// Threads: any thread.
#pragma once

#include <string>

#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {

[[nodiscard]] Accepted<void> screen_rule(const std::string& rule);

}  // namespace carehub::adapters::court
