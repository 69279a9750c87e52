// A first profile for an agency or a jail, sketched from a sample of its list: `adapter init`.
//
// Contract: the text is a whole configuration with comments; read_site() takes it once zone and
// authority are filled in and the words of coded columns have their meaning. What the rows are is
// guessed from the columns. Of the sample it repeats names of columns and those words alone.
// Errors: Invalid when no sort of rows fits the columns. Threads: any thread.
#pragma once

#include <string>
#include <string_view>

#include "hub/base/error.hpp"

namespace carehub::adapters::supervision {

[[nodiscard]] Result<std::string> sketch_profile(std::string_view sample);

}  // namespace carehub::adapters::supervision
