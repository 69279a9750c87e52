// What the commands that stay connected share: a session with a running hub, and an end by signal.
#pragma once

#include <atomic>

#include "adapters/kit/hub_client.hpp"
#include "tools/carehub/command.hpp"

namespace carehub::tool {

/// A session over --link, or over the admin link of --data's running hub.
[[nodiscard]] Result<adapters::HubClient> connect_client(const Run& run, codec::Purpose purpose);

/// From now on SIGINT and SIGTERM set the flag instead of ending the process.
[[nodiscard]] const std::atomic<bool>& stop_on_signals();

}  // namespace carehub::tool
