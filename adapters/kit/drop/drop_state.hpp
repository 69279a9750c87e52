// What an adapter keeps of the notices it dropped, across restarts: sealed, in its state folder.
//
// FORMAT: text as the target gave it, sealed (sealing.hpp) as DropState by a number of its own.
//
// Contract: save() replaces the whole; after a crash the old text or the new one is there.
// Errors: Damaged when it is not what was written, or was written under another link; Io,
// SyncFailed. Threads: confined to one. Lifetime: borrows the sealing.
#pragma once

#include <algorithm>
#include <deque>
#include <filesystem>
#include <string>

#include "adapters/kit/sealing.hpp"

namespace carehub::adapters {

class DropState {
public:
    /// `number` tells the formats' states apart.
    DropState(std::filesystem::path file, std::uint64_t number, Sealing& sealing)
        : file_(std::move(file)), number_(number), sealing_(sealing) {}

    /// Empty when nothing was saved.
    [[nodiscard]] Result<std::string> load() const;
    [[nodiscard]] Status save(std::string_view text);

private:
    std::filesystem::path file_;
    std::uint64_t number_;
    Sealing& sealing_;
};

/// The deliveries that were dropped last, so that a repeat is known: the hub owes one at a time.
class RecentDeliveries {
public:
    [[nodiscard]] bool has(std::string_view id) const {
        return std::ranges::find(ids_, id) != ids_.end();
    }
    void add(std::string id);
    [[nodiscard]] const std::deque<std::string>& ids() const { return ids_; }

private:
    std::deque<std::string> ids_;
};

}  // namespace carehub::adapters
