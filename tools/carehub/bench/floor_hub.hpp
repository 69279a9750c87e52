// The process of `bench floor` that stands where the hub stands: the shipped transport, journal,
// audit and vault with nothing between them, on two threads as the hub has them (door; journal).
#pragma once

#include "tools/carehub/command.hpp"

namespace carehub::tool::bench {

/// Registers the subcommand; people do not see it. It prints a ready line and runs until SIGTERM.
void add_floor_hub(CLI::App& bench, Run& run);

}  // namespace carehub::tool::bench
