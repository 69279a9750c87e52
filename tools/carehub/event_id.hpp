// How people name an event or an alert on the command line: as the hub does, or as its sender does.
#pragma once

#include <string>

#include "hub/base/error.hpp"
#include "hub/follower/answers.hpp"

namespace carehub::tool {

/// Arguments `event`, or `partner` and `id`, of a question: of h-12, a-12-0 or PARTNER/ID.
/// Errors: Invalid when it is none of these.
[[nodiscard]] Result<follower::Arguments> event_arguments(const std::string& id);

}  // namespace carehub::tool
