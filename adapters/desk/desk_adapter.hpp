// The desk: what staff are told outside of the command, by mail, webhook and calendar.
//
// Contract: serves each link's person until `stop`. A person whose link the hub does not admit any
// more, or whom the directory does not know, is left, told in the log, and their calendar taken
// away; the others are served on.
// Errors: Invalid for what is wrong in configuration, directory or links, before anything runs;
// AnotherWriter when another desk uses the same link or state; Unavailable when nobody is left.
// Threads: confined to one thread. Lifetime: borrows what it is given.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "adapters/desk/desk_config.hpp"
#include "adapters/kit/counts.hpp"
#include "adapters/kit/link_file.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters::desk {

struct DeskParts {
    DeskConfig config;
    std::filesystem::path link_file;  ///< of the first person
    std::filesystem::path state_folder;
    std::function<Result<UtcTime>()> now;  ///< the hub's time
    std::function<void(std::size_t persons)> on_ready;
    std::function<void()> on_round;
};

[[nodiscard]] Status run_desk(DeskParts parts, const std::atomic<bool>& stop, Counts& counts);

}  // namespace carehub::adapters::desk
