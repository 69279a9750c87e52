// A first configuration for a sender, sketched from a look at what it sends: `adapter init`.
//
// Contract: the text is a whole configuration with comments; load_config() takes it once the zone,
// and the authority where the sample tells none, are filled in. Of the sample it repeats codes of
// organisations, places and kinds and how often they came; names and numbers of persons never.
// Errors: Invalid when the sample holds no HL7 v2 message that can be read. Threads: any thread.
#pragma once

#include <string>
#include <string_view>

#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

[[nodiscard]] Result<std::string> sketch_profile(std::string_view sample);

}  // namespace carehub::adapters::clinic
