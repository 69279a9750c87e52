// The raw limit of `bench mllp`: a process that accepts every message at once, reading nothing of it.
#pragma once

#include "tools/carehub/command.hpp"

namespace carehub::tool::bench {

/// Registers the subcommand; people do not see it. It prints its port and runs until its end.
void add_mllp_echo(CLI::App& bench, Run& run);

}  // namespace carehub::tool::bench
