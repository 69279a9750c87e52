// Reads single entries of the journal back: unsealed and decoded.
//
// Errors: NotFound when the journal has no such entry (yet); Damaged as the journal tells.
// Threads: confined to its owner; each thread has its own reader. Lifetime: borrows journal and vault.
#pragma once

#include <memory>

#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"
#include "hub/journal/block_cache.hpp"
#include "hub/model/entry.hpp"
#include "hub/vault/vault.hpp"

namespace carehub::follower {

using EntryPtr = std::shared_ptr<const Entry>;

class EntryReader {
public:
    EntryReader(const journal::JournalReader& journal, const vault::Vault& vault)
        : blocks_(journal), vault_(vault) {}

    [[nodiscard]] Result<EntryPtr> entry(Sequence sequence) const;
    /// The submission that entry holds; nothing when it holds none.
    [[nodiscard]] std::optional<Submission> submission(Sequence sequence) const;
    /// The command that entry holds; nothing when it holds none.
    [[nodiscard]] std::optional<CommandBody> command(Sequence sequence) const;

private:
    mutable journal::BlockCache blocks_;
    const vault::Vault& vault_;
};

/// The stored bytes of an entry, its input sealed; the entry is as before on return.
[[nodiscard]] Result<Bytes> store(Entry& entry, const vault::Vault& vault);
/// Decodes stored bytes and unseals the input.
[[nodiscard]] Result<Entry> load(ByteView stored, const vault::Vault& vault);

}  // namespace carehub::follower
