// One committed batch as bytes: what an engine stores, whatever it stores it in.
//
// Layout, numbers little-endian:
//   offset      size  what
//   0           4     "CHBK"
//   4           2     version: 1
//   6           2     E: hashes in the right edge; one per set bit of the last sequence
//   8           8     sequence of the first entry
//   16          4     N: entries, at least 1
//   20          4     R: bytes of all records
//   24          32    Merkle root of the journal up to and including this block
//   56          32 E  right edge of the tree after this block, largest subtree first
//   56+32E      32 N  leaf hash of each entry
//   ...         R     records: per entry a 4-byte length, then the stored bytes
//   ...         4     CRC-32C of everything before
//
// Why each is there: the edge lets a writer start after this block without reading the others; leaf
// hashes name the entry a damage hit and build proofs without reading entries; the checksum makes
// every read notice damage at a fraction of a leaf hash's cost.
//
// Contract: parse() accepts only bytes whose structure is whole; content is right when
// check_content() agrees. Views borrow the bytes given to parse().
// Errors: Damaged, naming entry or block; Unsupported for a newer version.
// Threads: a Block is immutable.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "hub/audit/merkle_tree.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/journal/journal.hpp"

namespace carehub::journal {

/// Writes the batch into `block`, as the one that follows `tree`, and appends its leaves to `tree`.
void encode_block(std::span<const StoredEntry> batch, audit::MerkleTree& tree, Bytes& block);

/// Checks what every engine must refuse before it writes (journal.hpp, Errors of append()).
[[nodiscard]] Status check_batch(Sequence expected_last, Sequence last,
                                 std::span<const StoredEntry> batch);

class Block {
public:
    [[nodiscard]] static Result<Block> parse(ByteView bytes);

    /// Compares the checksum; on a difference names the entry it hit, if it hit one.
    [[nodiscard]] Status check_content() const;

    [[nodiscard]] Sequence first() const { return first_; }
    [[nodiscard]] Sequence last() const { return {first_.value + count_ - 1}; }
    [[nodiscard]] std::uint32_t count() const { return count_; }
    [[nodiscard]] const Hash256& root() const { return root_; }
    [[nodiscard]] Hash256 leaf(std::uint32_t index) const;

    /// The tree after this block; Damaged when edge and root do not belong together.
    [[nodiscard]] Result<audit::MerkleTree> tree() const;

    /// Walks the records in order.
    class Records {
    public:
        explicit Records(ByteView area) : rest_(area) {}
        /// The next record; parse() has made sure that there are count() of them.
        [[nodiscard]] ByteView next();

    private:
        ByteView rest_;
    };
    [[nodiscard]] Records records() const { return Records(records_); }

private:
    Block() = default;

    ByteView bytes_;
    Sequence first_;
    std::uint32_t count_ = 0;
    Hash256 root_{};
    ByteView edge_;
    ByteView leaves_;
    ByteView records_;
};

}  // namespace carehub::journal
