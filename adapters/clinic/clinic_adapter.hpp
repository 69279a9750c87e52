// The clinic adapter as `carehub adapter clinic` runs it.
//
// Contract: reads the configuration, listens, says on which port, serves until `stop`.
// Errors: those of load_config, of the listener and of the link.
// Threads: one call owns everything until it returns; `stop` may be set from anywhere.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "adapters/kit/counts.hpp"
#include "adapters/kit/hub_link.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

using OnReady = std::function<void(std::uint16_t port)>;

[[nodiscard]] Status run(const std::filesystem::path& config, HubLink& link,
                         const std::atomic<bool>& stop, const OnReady& on_ready, Counts& counts);

}  // namespace carehub::adapters::clinic
