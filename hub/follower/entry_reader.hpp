// Reads single entries of the journal back, unsealed and decoded, and people of the follower.
//
// Contract: an entry whose person was erased comes back with everything but its input, which is
// empty: it decodes as nothing, so there is nothing to tell of it.
// Errors: NotFound when the journal has no such entry (yet); as the journal and the unsealer tell,
// but for what was erased.
// Threads: confined to its owner; each thread has its own reader. Lifetime: borrows journal and
// vault.
#pragma once

#include <memory>

#include "hub/codec/command.hpp"
#include "hub/codec/submission.hpp"
#include "hub/follower/person_reader.hpp"
#include "hub/journal/block_cache.hpp"
#include "hub/model/entry.hpp"
#include "hub/vault/unsealer.hpp"

namespace carehub::follower {

using EntryPtr = std::shared_ptr<const Entry>;

class EntryReader {
public:
    EntryReader(const journal::JournalReader& journal, const vault::Vault& vault)
        : blocks_(journal), unsealer_(vault) {}

    [[nodiscard]] Result<EntryPtr> entry(Sequence sequence) const;
    /// What was decided in it, and when: read without its input.
    [[nodiscard]] Result<Entry> head(Sequence sequence) const;
    /// What was decided in it alone.
    [[nodiscard]] Result<Decisions> decisions(Sequence sequence) const;
    /// The submission that entry holds; nothing when it holds none.
    [[nodiscard]] std::optional<Submission> submission(Sequence sequence) const;
    /// The command that entry holds; nothing when it holds none.
    [[nodiscard]] std::optional<CommandBody> command(Sequence sequence) const;
    /// Never null: of a client nobody knows, nothing is known.
    [[nodiscard]] PersonPtr person(const People& people, const ClientId& client) const {
        return persons_.person(people, client);
    }
    [[nodiscard]] PersonPtr person(const Stranger& stranger) const {
        return persons_.person(stranger);
    }

private:
    mutable journal::BlockCache blocks_;
    mutable vault::Unsealer unsealer_;
    mutable PersonReader persons_{unsealer_};
};

/// An entry as it is stored, its input sealed beside it; the entry then knows the hash of that. It may
/// be stored once the vault is synced. Who is linked now will be spoken of: their keys are made along,
/// so that a partner's first event of a known client waits for one sync less.
[[nodiscard]] Result<journal::StoredEntry> store(Entry& entry, vault::Vault& vault);
/// Fills the input of a decoded entry from what was sealed; of an erased person it stays empty.
[[nodiscard]] Status unseal(Entry& entry, ByteView sealed, vault::Unsealer& unsealer);
/// Decodes stored bytes and unseals the input; of an erased person the input is empty.
[[nodiscard]] Result<Entry> load(ByteView stored, ByteView sealed, vault::Unsealer& unsealer);

}  // namespace carehub::follower
