// What a running hub tells of itself beside its State: the question `health`.
//
// Contract: a plain value, kept by the daemon. One line:
//   {"disk_low","journal_full","disk_free_mib","disk_reserve_mib",
//    "receipts_differ":[{"partner","sequence"}]}
// Threads: any thread, guarded by its owner.
#pragma once

#include <map>
#include <string>

#include "hub/follower/answers.hpp"

namespace carehub::follower {

struct Health {
    bool disk_low = false;      ///< events are refused
    bool journal_full = false;  ///< what is decided waits for room to be written
    std::uint64_t disk_free_bytes = 0;
    std::uint64_t disk_reserve_bytes = 0;
    /// Partners that hold a receipt this hub's history does not, and of which entry.
    std::map<std::string, std::uint64_t> receipts_differ;
};

[[nodiscard]] Answer answer_health(const Health& health);

}  // namespace carehub::follower
