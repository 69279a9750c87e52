// Walks the stored entries from the first one and names the first that is not what it was.
//
// Contract: add() every entry in order, with the leaf hash the journal recorded for it; after the
// entries of a recorded root, expect_root(); at the end, finish(). Witnesses are tree heads kept
// outside the journal (receipts, checkpoints), in any order; without one, a journal rewritten from
// some entry to its end, hashes and all, cannot be told from a true one.
// Errors: Damaged, naming the entry or the smallest run of entries the fault can be pinned to.
// After an error the verifier must not be used again.
// Threads: confined to its owner.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/audit/merkle_tree.hpp"
#include "hub/audit/proof.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::audit {

class Verifier {
public:
    explicit Verifier(std::vector<TreeHead> witnesses);

    [[nodiscard]] Status add(std::uint64_t sequence, ByteView stored, const Hash256& recorded_leaf);

    /// Compares with the root the journal recorded after the entries added so far.
    [[nodiscard]] Status expect_root(const Hash256& recorded_root);

    /// Compares with witnesses that saw more than is there; the verified tree's head.
    [[nodiscard]] Result<TreeHead> finish() const;

private:
    [[nodiscard]] Status check_order(std::uint64_t sequence) const;
    [[nodiscard]] Status check_witnesses();
    [[nodiscard]] tl::unexpected<Error> disagreement(std::string_view with) const;

    std::vector<TreeHead> witnesses_;  ///< by size
    std::size_t next_witness_ = 0;
    MerkleTree tree_;
    std::uint64_t agreed_size_ = 0;  ///< up to here a recorded root or a witness agreed
};

}  // namespace carehub::audit
