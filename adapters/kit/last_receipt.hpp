// The receipt with the highest sequence that an adapter holds. It is told in Hello, so that a hub
// that was set back behind what it acknowledged is found out.
//
// File `last-receipt`, 0600, one line: the hub's public key (64 hexadecimal digits), the sequence,
// the root (64 digits), with a blank between them. A file of another hub's key tells nothing.
//
// Contract: note() takes every receipt and keeps Accepted ones alone: of a Duplicate the root is of
// another batch than the sequence. What a crash forgets are the receipts since the last save().
// Errors: Io, SyncFailed. A file that is not readable counts as none: it is a witness, not a need.
// Threads: confined to one thread.
#pragma once

#include <filesystem>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::adapters {

struct LastReceipt {
    std::uint64_t sequence = 0;  ///< 0: none
    Hash256 root{};
    friend bool operator==(const LastReceipt&, const LastReceipt&) = default;
};

class ReceiptMemory {
public:
    /// `hub_key` is the hub's public key, of the link.
    [[nodiscard]] static ReceiptMemory open(std::filesystem::path file, const Hash256& hub_key);

    [[nodiscard]] const LastReceipt& last() const { return last_; }
    void note(const Receipt& receipt);
    /// Makes it durable; nothing new costs nothing.
    [[nodiscard]] Status save();
    /// Holds none any more; durable when it returns.
    [[nodiscard]] Status forget();

private:
    ReceiptMemory(std::filesystem::path file, const Hash256& hub_key)
        : file_(std::move(file)), hub_key_(hub_key) {}

    std::filesystem::path file_;
    Hash256 hub_key_;
    LastReceipt last_;
    bool changed_ = false;
};

/// Where the memory of an adapter with this state folder is.
[[nodiscard]] std::filesystem::path last_receipt_file(const std::filesystem::path& state_folder);

}  // namespace carehub::adapters
