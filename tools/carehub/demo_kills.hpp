// When the hub is killed: moments drawn from the seed, most of them while a message is under way.
// Threads: confined to one thread.
#pragma once

#include <chrono>
#include <optional>
#include <set>

#include "hub/base/prng.hpp"
#include "tools/carehub/demo_folder.hpp"

namespace carehub::tool::demo {

class KillPlan {
public:
    /// Of `messages` HL7 messages in all; there are at most as many kills as messages and days.
    KillPlan(const DemoOptions& options, std::uint64_t messages);

    /// The time after which the hub is killed, counted from the sending of this message (from 0).
    [[nodiscard]] std::optional<std::chrono::microseconds> at_message(std::uint64_t message);
    /// The same, counted from the delivery of this day's files.
    [[nodiscard]] std::optional<std::chrono::microseconds> at_files(unsigned day);

private:
    [[nodiscard]] std::chrono::microseconds delay(std::uint64_t micros_max);

    Prng prng_;
    std::set<std::uint64_t> messages_;
    std::set<unsigned> days_;
};

}  // namespace carehub::tool::demo
