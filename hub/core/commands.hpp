// Commands of staff and operators: registry rows and acts on alerts.
#pragma once

#include "hub/core/draft.hpp"
#include "hub/core/rule.hpp"

namespace carehub::core {

/// Changes the draft, or says why not. A command that changes nothing leaves the draft empty.
[[nodiscard]] Refusal apply_command(Draft& draft, const RuleSet& rules, const Input& input,
                                    const CommandInput& command);

}  // namespace carehub::core
