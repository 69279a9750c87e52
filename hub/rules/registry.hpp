// All rules, ordered by id. The build writes the list from the folders beside this file: a folder
// `x/` with `rule.cpp` must define `std::unique_ptr<const core::Rule> make_x()`.
#pragma once

#include "hub/core/rule.hpp"

namespace carehub::rules {

/// Stops the process when a rule lacks one of its four texts or two rules share an id.
[[nodiscard]] core::RuleSet all_rules();

}  // namespace carehub::rules
