// The subcommands of `adapter` that run no adapter.
#pragma once

#include "tools/carehub/command.hpp"

namespace carehub::tool {

/// `adapter desk`, whose partners are people.
void add_adapter_desk(CLI::App& adapter, Run& run);
void add_adapter_check(CLI::App& adapter, Run& run);
void add_adapter_init(CLI::App& adapter, Run& run);
void add_adapter_raw(CLI::App& adapter, Run& run);

}  // namespace carehub::tool
