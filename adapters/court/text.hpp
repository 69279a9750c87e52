// How case numbers of a court are compared. ASCII case only: codes, never people's names.
// Threads: any thread.
#pragma once

#include "adapters/kit/text.hpp"

namespace carehub::adapters::court {

/// Upper case, blanks removed: "23-cr 0411" and "23-CR0411" are one case number.
[[nodiscard]] std::string normalise_case(std::string_view text);

}  // namespace carehub::adapters::court
