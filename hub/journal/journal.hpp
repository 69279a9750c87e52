// The journal's contract: entries numbered from 1 without a gap, added in batches, never changed.
//
// A stored entry is opaque here: its bytes are already encoded (codec), and they are what the Merkle
// tree's leaves are made of. What is sealed of it (vault) stands beside them: the bytes hold its hash,
// so that it is as fixed as they are, and it alone can be taken out again, when its key is no more.
// One append is one batch: all of it or nothing.
//
// Contract: append() returns only when the batch is on disk and witnessed. `expected_last` is the
// last sequence the caller knows; a batch continues it without a gap. An empty one changes nothing.
// Errors of append():
//   AnotherWriter  expected_last is not last(): someone else writes here. Stop at once (exit 72).
//   SyncFailed     whether the batch is on disk is unknown. Stop (exit 70); the next start knows.
//   Full           no space; nothing was appended, try again later.
//   Invalid        the batch is larger than a block may be; nothing was appended.
// After AnotherWriter or SyncFailed the object refuses every further append. drop_sealed() fails as
// append() does.
// Errors of reading: Damaged, naming the entry or the smallest run of entries it can be pinned to;
// Io. What was handed out before the error is good.
// Threads: a Journal is confined to its owner; so is each JournalReader, but a reader with its own
// connection may live on another thread beside the writer.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "hub/audit/proof.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::journal {

class Block;

struct StoredEntry {
    Sequence sequence;
    Bytes bytes;        ///< what the leaf is made of
    Bytes sealed = {};  ///< empty: nothing was sealed, or it was taken out

    friend bool operator==(const StoredEntry&, const StoredEntry&) = default;
};

/// What an append made durable: the journal's last entry and the Merkle root up to it.
struct Appended {
    Sequence last;
    Hash256 root{};
};

/// Takes one entry; the object is reused for the next. An error ends the reading and is passed on.
using EntrySink = std::function<Status(const StoredEntry&)>;
/// Most of a journal's bytes are sealed, and few readers need them.
enum class Sealed : std::uint8_t { Leave, Read };

/// Whether what was sealed can never be opened again.
using IsGone = std::function<bool(ByteView sealed)>;

/// What a step of drop_sealed() did.
struct Dropped {
    std::optional<Sequence> next;  ///< where the next step begins; nothing at the journal's end
    std::uint64_t parts = 0;
    std::uint64_t bytes = 0;
};

/// Takes the leaf hash of one entry.
using LeafSink = std::function<Status(Sequence, const Hash256&)>;

/// The reading side. A reader sees what is committed, which may be a moment before the writer's
/// append() returns: whoever must not run ahead of what is released bounds `count_max`.
class JournalReader {
public:
    virtual ~JournalReader() = default;

    /// Hands out at most `count_max` entries, in order, from sequence `from` (at least 1) on; fewer
    /// where the journal ends. Every block read is checked against its checksum.
    [[nodiscard]] Status read(Sequence from, std::uint64_t count_max, const EntrySink& sink,
                              Sealed sealed = Sealed::Read) const;

    /// Loads the block that holds `sequence` into `bytes`, checked against its checksum; nothing
    /// when the journal ends before it. The views of the Block borrow `bytes`.
    [[nodiscard]] Result<std::optional<Block>> load_block(Sequence sequence, Bytes& bytes) const;
    /// With what is sealed of its entries (journal/sealed_parts.hpp).
    [[nodiscard]] Result<std::optional<Block>> load_block(Sequence sequence, Bytes& bytes,
                                                          Bytes& sealed) const;

    /// The leaf hashes alone: what a proof is built from (audit/proof_builder.hpp).
    [[nodiscard]] Status read_leaves(Sequence from, std::uint64_t count_max,
                                     const LeafSink& sink) const;

    /// Recomputes every leaf and root from the first entry on, and compares them with what was
    /// recorded and with `witnesses`; the head of the whole tree. `check` looks at each entry as well:
    /// it knows what the journal does not (follower/sealed_check.hpp).
    [[nodiscard]] Result<audit::TreeHead> verify(std::vector<audit::TreeHead> witnesses,
                                                 const EntrySink& check = nullptr) const;

protected:
    /// Loads the block that holds `sequence` into `block` (journal/block.hpp), and what is sealed of
    /// its entries into `sealed` unless that is null; false when the journal ends before it.
    [[nodiscard]] virtual Result<bool> find_block(Sequence sequence, Bytes& block,
                                                  Bytes* sealed) const = 0;
};

class Journal : public JournalReader {
public:
    [[nodiscard]] virtual Result<Appended> append(Sequence expected_last,
                                                  std::span<const StoredEntry> batch) = 0;

    /// Takes out what `is_gone` says of the sealed parts from the block of entry `from` on, about
    /// `bytes_max` bytes of them at once, as one commit. Nothing else changes: no leaf, no root.
    [[nodiscard]] Result<Dropped> drop_sealed(Sequence from, std::size_t bytes_max,
                                              const IsGone& is_gone);
    /// A mark of the caller: up to which entry's sake all was dropped; 0 at first.
    [[nodiscard]] virtual Result<Sequence> dropped_for() const = 0;
    [[nodiscard]] virtual Status set_dropped_for(Sequence entry) = 0;
    /// The last durable entry; 0 when there is none.
    [[nodiscard]] virtual Sequence last() const = 0;
    /// Merkle root up to last().
    [[nodiscard]] virtual Hash256 root() const = 0;
    /// Drawn when the journal was made; no two journals share it.
    [[nodiscard]] virtual Hash128 id() const = 0;

protected:
    /// The sealed parts of the block that begins at `first` from now on.
    struct Replaced {
        Sequence first;
        Bytes sealed;
    };
    /// One commit.
    [[nodiscard]] virtual Status replace_sealed(std::span<const Replaced> blocks) = 0;
};

}  // namespace carehub::journal
