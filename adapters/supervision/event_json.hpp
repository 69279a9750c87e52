// Events as JSON lines in the shape of `carehub send`, for the samples: what they expect is
// readable.
#pragma once

#include <string>

#include "hub/model/submission.hpp"

namespace carehub::adapters::supervision {

[[nodiscard]] std::string event_line(const Submission& event);

}  // namespace carehub::adapters::supervision
