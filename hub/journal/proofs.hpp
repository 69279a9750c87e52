// Proofs about a journal, made from the hashes it keeps, without reading entries.
//
// Contract: `last` is the tree's last entry. A proof reads the blocks from the first entry it is about
// on: of a consistency proof those after the older tree, since a block keeps the edge of the tree it
// ends.
// Errors: NotFound when the journal ends before; as reading a journal.
// Threads: the reader's.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "hub/audit/merkle_tree.hpp"
#include "hub/audit/proof.hpp"
#include "hub/journal/journal.hpp"

namespace carehub::journal {

/// The tree over entries 1 to `last`; of 0 the empty one.
[[nodiscard]] Result<audit::MerkleTree> tree_at(const JournalReader& journal, Sequence last);
[[nodiscard]] Result<audit::TreeHead> head_at(const JournalReader& journal, Sequence last);

/// Blocks of one commit: its entries, each 16 MiB at most in a block, are some thousands.
inline constexpr std::size_t kBlocksOfCommitMax = 64;
/// Whether `root` is of a commit that made entry `told` durable, as a receipt tells it: the root of the
/// block that holds the entry or, when one commit took several blocks, of one of the next. The size and
/// root of a checkpoint are such a pair too.
[[nodiscard]] Result<bool> holds_receipt(const JournalReader& journal, Sequence told,
                                         const Hash256& root);

struct ProofsWanted {
    std::span<const Sequence> entries;        ///< ascending, none above `last`
    std::optional<std::uint64_t> older_size;  ///< at most `last`
    Sequence last;
};
struct Proofs {
    std::vector<audit::InclusionProof> inclusion;  ///< in the order of `entries`
    std::optional<audit::ConsistencyProof> consistency;
};
[[nodiscard]] Result<Proofs> prove(const JournalReader& journal, const ProofsWanted& wanted);

}  // namespace carehub::journal
