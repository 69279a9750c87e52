#include "hub/follower/sealed_check.hpp"

#include <algorithm>
#include <string>

#include "hub/audit/hash.hpp"
#include "hub/codec/entry.hpp"

namespace carehub::follower {

Status SealedCheck::take(const journal::StoredEntry& stored) {
    CAREHUB_TRY(const codec::Sealing sealing, codec::decode_sealing(stored.bytes));
    for (const Hash128& subject : sealing.erased) {
        lost_.erase(subject);
    }
    if (stored.sealed.empty()) {
        if (sealing.hash != Hash256{}) {
            lost_.emplace(sealing.subject.value, stored.sequence);
        }
        return {};
    }
    return audit::sha256(stored.sealed) == sealing.hash
               ? Status{}
               : fail(ErrorCode::Damaged, "entry " + std::to_string(stored.sequence.value) +
                                              " is not what was written: what is sealed of it and "
                                              "its hash differ");
}

Status SealedCheck::finish() const {
    if (lost_.empty()) {
        return {};
    }
    const auto first = std::ranges::min_element(
        lost_, {}, [](const auto& of_subject) { return of_subject.second; });
    return fail(ErrorCode::Damaged, "entry " + std::to_string(first->second.value) +
                                        " has lost what was sealed of it, and nobody was erased");
}

}  // namespace carehub::follower
