// What is sealed of a block's entries, beside the block: it can be taken out one by one, once no key
// opens it, and no byte of the block changes.
//
// Layout, numbers little-endian:
//   offset  size  what
//   0       4     CRC-32C of everything after
//   4       ...   per entry of the block, in order: a 4-byte length, then that many sealed bytes;
//                 length 0 where nothing was sealed, or it was taken out
// Where no entry has any, there are no bytes at all.
//
// Which of the two a length of 0 means is told by the entry, whose stored bytes hold the hash of what
// was sealed: the journal does not know.
//
// Contract: parse() accepts only bytes that are whole. Views borrow the bytes given to it.
// Errors: Damaged, naming the block's entries.
// Threads: a SealedParts is confined to its owner.
#pragma once

#include <functional>
#include <span>

#include "hub/journal/block.hpp"

namespace carehub::journal {

/// Writes the batch's sealed parts into `parts`.
void encode_sealed(std::span<const StoredEntry> batch, Bytes& parts);

class SealedParts {
public:
    /// Of the block that they stand beside.
    [[nodiscard]] static Result<SealedParts> parse(ByteView parts, const Block& block);

    /// The next entry's; empty where there is none, and after the last.
    [[nodiscard]] ByteView next();

private:
    explicit SealedParts(ByteView parts) : rest_(parts) {}
    ByteView rest_;
};

struct Thinned {
    Bytes parts;
    std::uint64_t dropped = 0;  ///< how many were taken out
};
/// The same without those that `is_gone` says.
[[nodiscard]] Result<Thinned> thin(ByteView parts, const Block& block, const IsGone& is_gone);

}  // namespace carehub::journal
