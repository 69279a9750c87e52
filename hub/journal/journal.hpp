// The journal's contract: entries numbered from 1 without a gap, added in batches, never changed.
//
// A stored entry is opaque here: its bytes are already encoded (codec) and sealed (vault), and they
// are what the Merkle tree's leaves are made of. One append is one batch: all of it or nothing.
//
// Contract: append() returns only when the batch is on disk and witnessed. `expected_last` is the
// last sequence the caller knows; a batch continues it without a gap. An empty one changes nothing.
// Errors of append():
//   AnotherWriter  expected_last is not last(): someone else writes here. Stop at once (exit 72).
//   SyncFailed     whether the batch is on disk is unknown. Stop (exit 70); the next start knows.
//   Full           no space; nothing was appended, try again later.
//   Invalid        the batch is larger than a block may be; nothing was appended.
// After AnotherWriter or SyncFailed the object refuses every further append.
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
    Bytes bytes;

    friend bool operator==(const StoredEntry&, const StoredEntry&) = default;
};

/// What an append made durable: the journal's last entry and the Merkle root up to it.
struct Appended {
    Sequence last;
    Hash256 root{};
};

/// Takes one entry; the object is reused for the next. An error ends the reading and is passed on.
using EntrySink = std::function<Status(const StoredEntry&)>;
/// Takes the leaf hash of one entry.
using LeafSink = std::function<Status(Sequence, const Hash256&)>;

/// The reading side. A reader sees what is committed, which may be a moment before the writer's
/// append() returns: whoever must not run ahead of what is released bounds `count_max`.
class JournalReader {
public:
    virtual ~JournalReader() = default;

    /// Hands out at most `count_max` entries, in order, from sequence `from` (at least 1) on; fewer
    /// where the journal ends. Every block read is checked against its checksum.
    [[nodiscard]] Status read(Sequence from, std::uint64_t count_max, const EntrySink& sink) const;

    /// Loads the block that holds `sequence` into `bytes`, checked against its checksum; nothing
    /// when the journal ends before it. The views of the Block borrow `bytes`.
    [[nodiscard]] Result<std::optional<Block>> load_block(Sequence sequence, Bytes& bytes) const;

    /// The leaf hashes alone: what a proof is built from (audit/proof_builder.hpp).
    [[nodiscard]] Status read_leaves(Sequence from, std::uint64_t count_max,
                                     const LeafSink& sink) const;

    /// Recomputes every leaf and root from the first entry on, and compares them with what was
    /// recorded and with `witnesses`; the head of the whole tree.
    [[nodiscard]] Result<audit::TreeHead> verify(std::vector<audit::TreeHead> witnesses) const;

protected:
    /// Loads the block that holds `sequence` into `block` (journal/block.hpp); false when the
    /// journal ends before it.
    [[nodiscard]] virtual Result<bool> find_block(Sequence sequence, Bytes& block) const = 0;
};

class Journal : public JournalReader {
public:
    [[nodiscard]] virtual Result<Appended> append(Sequence expected_last,
                                                  std::span<const StoredEntry> batch) = 0;
    /// The last durable entry; 0 when there is none.
    [[nodiscard]] virtual Sequence last() const = 0;
    /// Merkle root up to last().
    [[nodiscard]] virtual Hash256 root() const = 0;
    /// Drawn when the journal was made; no two journals share it.
    [[nodiscard]] virtual Hash128 id() const = 0;
};

}  // namespace carehub::journal
