// What was told last of each appointment and visit, and over which connection. One session with the hub
// carries the messages of all connections, so their order in it does not tell which is newer.
//
// Contract (13-decisions, order of messages): over one connection the order of arrival counts; a
// message of another one that was made earlier than what is known of the same thing is late, and what
// it tells is not passed on. Cancels and corrections (S15, S17, A11, A13 and their like) are, even
// when they are late. What was told over earlier sessions the hub itself compares. The last
// kOrderedKeysMax things are remembered, none of them over a restart.
// Threads: confined to one thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hub/model/submission.hpp"

namespace carehub::adapters::clinic {

/// Where a message came from and when it was made.
struct Origin {
    std::uint64_t connection = 0;  ///< 0: one of its own
    std::optional<UtcTime> made;   ///< nothing: when each event was recorded
    bool cancels_apply = true;     ///< even when they are late
};

/// The finding about a message of which something was late.
inline constexpr std::string_view kLate =
    "made before what another connection told of the same: kept, and not acted on";

class MessageOrder {
public:
    /// Takes out what is late, notes the rest; how many were taken out. A sender whose clock runs
    /// ahead of `now` made its message now.
    std::size_t take_late(std::vector<Submission>& events, const Origin& origin, UtcTime now);

private:
    struct Told {
        UtcTime made = kUnknownTime;
        std::uint64_t connection = 0;
    };
    using Known = std::unordered_map<std::string, Told>;

    [[nodiscard]] const Told* find(const std::string& key) const;
    void note(const std::string& key, Told told);

    Known newer_;  ///< half of them; when it is full, it becomes the other half
    Known older_;
};

}  // namespace carehub::adapters::clinic
