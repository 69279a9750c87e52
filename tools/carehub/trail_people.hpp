// The subcommands `trail partner` and `trail staff`.
#pragma once

#include "tools/carehub/command.hpp"

namespace carehub::tool {

void add_people_trails(CLI::App& trail, Run& run);

}  // namespace carehub::tool
