// What tells the records of a case apart: each kind has its key, and stands ordered by it.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "hub/model/case_records.hpp"

namespace carehub::core {

inline ConsentId key_of(const Consent& record) { return record.id; }
inline ObligationId key_of(const Obligation& record) { return record.id; }
inline StayId key_of(const Stay& record) { return record.id; }
inline Sequence key_of(const Contact& record) { return record.source; }
inline LinkNumber key_of(const Assignment& record) { return record.told_under; }
inline std::pair<StayId, DutyProgram> key_of(const Duty& record) {
    return {record.stay, record.program};
}
inline MatterId key_of(const Matter& record) { return record.id; }
inline AlertId key_of(const Alert& record) { return record.id; }

/// The first record whose key is not below that one.
template <class Iterator, class Key>
[[nodiscard]] Iterator first_not_below(Iterator begin, Iterator end, const Key& key) {
    return std::lower_bound(begin, end, key, [](const auto& record, const Key& wanted) {
        return key_of(record) < wanted;
    });
}

}  // namespace carehub::core
