// A first profile for a court, sketched from a sample of what it sends: `adapter init`.
//
// Contract: the text is a whole configuration with comments; load_site() takes it once zone and
// authority are filled in. Of the sample it repeats names of columns and properties, and the words of
// coded columns. Errors: Invalid when the sample is no calendar and no list with a column that looks
// like a case number. Threads: any thread.
#pragma once

#include <string>
#include <string_view>

#include "hub/base/error.hpp"

namespace carehub::adapters::court {

[[nodiscard]] Result<std::string> sketch_profile(std::string_view sample);

}  // namespace carehub::adapters::court
