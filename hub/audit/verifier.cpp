#include "hub/audit/verifier.hpp"

#include <algorithm>
#include <string>

#include "hub/audit/hash.hpp"

namespace carehub::audit {
namespace {

std::string entry(std::uint64_t sequence) { return "entry " + std::to_string(sequence); }

}  // namespace

Verifier::Verifier(std::vector<TreeHead> witnesses) : witnesses_(std::move(witnesses)) {
    std::ranges::sort(witnesses_, {}, &TreeHead::size);
}

Status Verifier::add(std::uint64_t sequence, ByteView stored, const Hash256& recorded_leaf) {
    CAREHUB_TRY_DONE(check_order(sequence));
    const Hash256 leaf = hash_leaf(stored);
    if (leaf != recorded_leaf) {
        return fail(ErrorCode::Damaged,
                    entry(sequence) + " is not what was written: bytes and leaf hash differ");
    }
    // Of the tree so far: a root that was recorded at its end is compared first, for its edge tells more.
    CAREHUB_TRY_DONE(check_witnesses());
    tree_.append(leaf);
    return {};
}

Status Verifier::expect_root(const Hash256& recorded_root, std::span<const Hash256> recorded_edge) {
    if (tree_.root() != recorded_root) {
        return disagreement(first_difference(recorded_edge), "the root recorded there");
    }
    return {};
}

LeafRun Verifier::first_difference(std::span<const Hash256> recorded_edge) const {
    LeafRun whole{witnessed_size_, tree_.size()};
    if (recorded_edge.size() != tree_.edge().size()) {
        return whole;
    }
    const auto [ours, recorded] = std::ranges::mismatch(tree_.edge(), recorded_edge);
    if (recorded == recorded_edge.end()) {
        return whole;
    }
    const auto place = static_cast<std::size_t>(ours - tree_.edge().begin());
    const LeafRun subtree = edge_run(tree_.size(), place);
    return {std::max(subtree.begin, witnessed_size_), subtree.end};
}

Result<TreeHead> Verifier::finish() {
    const TreeHead head{tree_.size(), tree_.root()};
    CAREHUB_TRY_DONE(check_witnesses());
    if (next_witness_ == witnesses_.size()) {
        return head;
    }
    const TreeHead& witness = witnesses_[next_witness_];
    return fail(ErrorCode::Damaged, entry(head.size + 1) + " is missing: the journal ends at " +
                                        std::to_string(head.size) + ", but a witness saw " +
                                        std::to_string(witness.size) +
                                        " entries; witnesses agree up to entry " +
                                        std::to_string(witnessed_size_));
}

Status Verifier::check_order(std::uint64_t sequence) const {
    const std::uint64_t expected = tree_.size() + 1;
    if (sequence > expected) {
        return fail(ErrorCode::Damaged,
                    entry(expected) + " is missing: " + entry(sequence) + " stands in its place");
    }
    if (sequence < expected) {
        return fail(ErrorCode::Damaged,
                    entry(sequence) + " stands again where " + entry(expected) + " belongs");
    }
    return {};
}

Status Verifier::check_witnesses() {
    while (next_witness_ < witnesses_.size() && witnesses_[next_witness_].size == tree_.size()) {
        if (witnesses_[next_witness_].root != tree_.root()) {
            return disagreement({witnessed_size_, tree_.size()}, "a witness");
        }
        witnessed_size_ = tree_.size();
        ++next_witness_;
    }
    return {};
}

tl::unexpected<Error> Verifier::disagreement(LeafRun where, std::string_view with) const {
    return fail(ErrorCode::Damaged, "entries " + std::to_string(where.begin + 1) + " to " +
                                        std::to_string(where.end) + " disagree with " +
                                        std::string(with));
}

}  // namespace carehub::audit
