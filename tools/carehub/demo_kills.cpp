#include "tools/carehub/demo_kills.hpp"

#include <algorithm>

#include "tools/carehub/demo_limits.hpp"

namespace carehub::tool::demo {
namespace {

/// Another stream of numbers than the county's.
constexpr std::uint64_t kKillStream = 0x6b696c6c;

}  // namespace

KillPlan::KillPlan(const DemoOptions& options, std::uint64_t messages)
    : prng_(options.seed ^ kKillStream) {
    const std::uint64_t for_files =
        std::min<std::uint64_t>(options.kill_cycles / kKillsPerFilesKill, options.days);
    while (days_.size() < for_files) {
        days_.insert(static_cast<unsigned>(prng_.below(options.days)) + 1);
    }
    const std::uint64_t for_messages = std::min(options.kill_cycles - for_files, messages);
    while (messages_.size() < for_messages) {
        messages_.insert(prng_.below(messages));
    }
}

std::optional<std::chrono::microseconds> KillPlan::at_message(std::uint64_t message) {
    return messages_.contains(message) ? std::optional(delay(kKillAfterMessageMicrosMax))
                                       : std::nullopt;
}

std::optional<std::chrono::microseconds> KillPlan::at_files(unsigned day) {
    return days_.contains(day) ? std::optional(delay(kKillAfterFilesMicrosMax)) : std::nullopt;
}

std::chrono::microseconds KillPlan::delay(std::uint64_t micros_max) {
    return std::chrono::microseconds{prng_.below(micros_max)};
}

}  // namespace carehub::tool::demo
