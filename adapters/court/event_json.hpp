// Events as JSON lines in the shape of `carehub send`, so that what the samples expect is readable.
#pragma once

#include <string>

#include "hub/model/submission.hpp"

namespace carehub::adapters::court {

/// Requires an obligation as payload. The digest of the raw record is left out.
[[nodiscard]] std::string event_line(const Submission& event);

}  // namespace carehub::adapters::court
