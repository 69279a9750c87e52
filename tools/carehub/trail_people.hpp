// The subcommands `trail partner` and `trail staff`.
#pragma once

#include "hub/follower/answers.hpp"
#include "tools/carehub/command.hpp"

namespace carehub::tool {

/// --break-glass: the readings in an emergency alone.
void break_glass_flag(CLI::App& command, follower::Arguments& arguments);

void add_people_trails(CLI::App& trail, Run& run);

}  // namespace carehub::tool
