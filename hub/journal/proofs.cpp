#include "hub/journal/proofs.hpp"

#include <algorithm>

#include "hub/audit/proof_set.hpp"
#include "hub/base/check.hpp"
#include "hub/journal/block.hpp"

namespace carehub::journal {
namespace {

tl::unexpected<Error> ends_before(Sequence last) {
    return fail(ErrorCode::NotFound, "the journal ends before entry " + std::to_string(last.value));
}

/// Of the leaves after `from` entries up to and including `last`.
template <class Take>
Status read_leaves_between(const JournalReader& journal, std::uint64_t from, Sequence last,
                           const Take& take) {
    std::uint64_t read = 0;
    CAREHUB_TRY_DONE(journal.read_leaves({from + 1}, last.value - from,
                                         [&](Sequence /*entry*/, const Hash256& leaf) {
                                             ++read;
                                             take(leaf);
                                             return Status{};
                                         }));
    return read == last.value - from ? Status{} : ends_before(last);
}

/// Entries that no proof needs the leaves of: all that is before each of them.
std::uint64_t start_of(const ProofsWanted& wanted) {
    std::uint64_t start = wanted.older_size.value_or(wanted.last.value);
    if (!wanted.entries.empty()) {
        start = std::min(start, wanted.entries.front().value - 1);
    }
    return start;
}

}  // namespace

Result<audit::MerkleTree> tree_at(const JournalReader& journal, Sequence last) {
    if (last.value == 0) {
        return audit::MerkleTree();
    }
    Bytes bytes;
    CAREHUB_TRY(const std::optional<Block> block, journal.load_block(last, bytes));
    if (!block) {
        return ends_before(last);
    }
    if (block->last() == last) {
        return block->tree();
    }
    const std::uint64_t before = block->first().value - 1;
    CAREHUB_TRY(audit::MerkleTree tree, tree_at(journal, {before}));
    for (std::uint64_t entry = before; entry < last.value; ++entry) {
        tree.append(block->leaf(static_cast<std::uint32_t>(entry - before)));
    }
    return tree;
}

Result<audit::TreeHead> head_at(const JournalReader& journal, Sequence last) {
    CAREHUB_TRY(const audit::MerkleTree tree, tree_at(journal, last));
    return audit::TreeHead{tree.size(), tree.root()};
}

Result<bool> holds_receipt(const JournalReader& journal, Sequence told, const Hash256& root) {
    Bytes bytes;
    for (std::size_t blocks = 0; blocks < kBlocksOfCommitMax; ++blocks) {
        CAREHUB_TRY(const std::optional<Block> block, journal.load_block(told, bytes));
        if (!block) {
            return false;  // the journal ends before
        }
        if (block->root() == root) {
            return true;
        }
        told = Sequence{block->last().value + 1};
    }
    return false;
}

Result<Proofs> prove(const JournalReader& journal, const ProofsWanted& wanted) {
    CAREHUB_CHECK(wanted.older_size.value_or(0) <= wanted.last.value, "a tree does not shrink");
    const std::uint64_t start = start_of(wanted);
    CAREHUB_TRY(audit::MerkleTree tree, tree_at(journal, {start}));
    audit::ProofSet set(wanted.last.value, std::move(tree));
    for (const Sequence entry : wanted.entries) {
        set.want_inclusion(entry.value - 1);
    }
    if (wanted.older_size) {
        set.want_consistency(*wanted.older_size);
    }
    CAREHUB_TRY_DONE(read_leaves_between(journal, start, wanted.last,
                                         [&](const Hash256& leaf) { set.add(leaf); }));
    Proofs proofs;
    for (const Sequence entry : wanted.entries) {
        CAREHUB_TRY(audit::InclusionProof proof, set.inclusion(entry.value - 1));
        proofs.inclusion.push_back(std::move(proof));
    }
    if (wanted.older_size) {
        CAREHUB_TRY(proofs.consistency, set.consistency(*wanted.older_size));
    }
    return proofs;
}

}  // namespace carehub::journal
