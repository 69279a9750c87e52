// Walks the stored entries from the first one and names the first that is not what it was.
//
// Contract: add() every entry in order, with the leaf hash the journal recorded for it; after the
// entries of a recorded root, expect_root(); at the end, finish(). A witness is compared at the step
// after the entry it saw last. Witnesses are tree heads kept
// outside the journal (receipts, checkpoints), in any order; without one, a journal rewritten from
// some entry to its end, hashes and all, cannot be told from a true one.
// Errors: Damaged, naming the entry or the smallest run of entries the fault can be pinned to. What a
// journal recorded of itself pins nothing, since whoever rewrites entries can rewrite that too: a run
// begins after the last witness that agreed, or later where two records of the tree still agree.
// After an error the verifier must not be used again.
// Threads: confined to its owner.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hub/audit/merkle_tree.hpp"
#include "hub/audit/proof.hpp"
#include "hub/audit/proof_plan.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::audit {

class Verifier {
public:
    explicit Verifier(std::vector<TreeHead> witnesses);

    [[nodiscard]] Status add(std::uint64_t sequence, ByteView stored, const Hash256& recorded_leaf);

    /// Compares with the root the journal recorded after the entries added so far, and with the edge of
    /// the tree, where it recorded that: it tells where the difference begins.
    [[nodiscard]] Status expect_root(const Hash256& recorded_root,
                                     std::span<const Hash256> recorded_edge = {});

    /// Compares with witnesses that saw more than is there; the verified tree's head.
    [[nodiscard]] Result<TreeHead> finish();

private:
    [[nodiscard]] Status check_order(std::uint64_t sequence) const;
    [[nodiscard]] Status check_witnesses();
    [[nodiscard]] LeafRun first_difference(std::span<const Hash256> recorded_edge) const;
    [[nodiscard]] tl::unexpected<Error> disagreement(LeafRun where, std::string_view with) const;

    std::vector<TreeHead> witnesses_;  ///< by size
    std::size_t next_witness_ = 0;
    MerkleTree tree_;
    std::uint64_t witnessed_size_ = 0;  ///< up to here a witness agreed
};

}  // namespace carehub::audit
