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
    CAREHUB_TRY_DONE(check_witnesses());  // those of the empty journal, before the first entry
    tree_.append(leaf);
    return check_witnesses();
}

Status Verifier::expect_root(const Hash256& recorded_root) {
    if (tree_.root() != recorded_root) {
        return disagreement("the root recorded there");
    }
    agreed_size_ = tree_.size();
    return {};
}

Result<TreeHead> Verifier::finish() const {
    const TreeHead head{tree_.size(), tree_.root()};
    if (next_witness_ == witnesses_.size()) {
        return head;
    }
    const TreeHead& witness = witnesses_[next_witness_];
    if (witness.size == head.size) {  // only of an empty journal: no entry came to compare it at
        return witness.root == head.root ? Result<TreeHead>(head) : disagreement("a witness");
    }
    return fail(ErrorCode::Damaged, entry(head.size + 1) + " is missing: the journal ends at " +
                                        std::to_string(head.size) + ", but a witness saw " +
                                        std::to_string(witness.size) + " entries");
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
            return disagreement("a witness");
        }
        agreed_size_ = tree_.size();
        ++next_witness_;
    }
    return {};
}

tl::unexpected<Error> Verifier::disagreement(std::string_view with) const {
    return fail(ErrorCode::Damaged, "entries " + std::to_string(agreed_size_ + 1) + " to " +
                                        std::to_string(tree_.size()) + " disagree with " +
                                        std::string(with));
}

}  // namespace carehub::audit
