// Is what is sealed of each entry what was sealed, and did it only go where somebody was erased? No key
// is needed for that.
//
// Contract: take() every entry of a journal in order, then finish(). What stands beside an entry has the
// hash that the entry tells. Where nothing stands although the entry tells a hash, a later entry erases
// the subject whose key had sealed it.
// Errors: Damaged, naming the entry.
// Threads: confined to its owner.
#pragma once

#include <map>

#include "hub/base/error.hpp"
#include "hub/journal/journal.hpp"

namespace carehub::follower {

class SealedCheck {
public:
    [[nodiscard]] Status take(const journal::StoredEntry& stored);
    [[nodiscard]] Status finish() const;

private:
    /// The first entry of each subject that lost what was sealed, and no erasure was met since.
    std::map<Hash128, Sequence> lost_;
};

}  // namespace carehub::follower
