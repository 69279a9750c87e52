// Keys of the records a Case holds, and ordered vectors of them: one idea of "replace by key".
#pragma once

#include <algorithm>
#include <tuple>
#include <vector>

#include "hub/core/limits.hpp"
#include "hub/core/records.hpp"
#include "hub/model/case_records.hpp"

namespace carehub::core {

inline ConsentId key_of(const Consent& record) { return record.id; }
inline ObligationId key_of(const Obligation& record) { return record.id; }
inline StayId key_of(const Stay& record) { return record.id; }
inline Sequence key_of(const Contact& record) { return record.source; }
inline std::pair<StayId, DutyProgram> key_of(const Duty& record) {
    return {record.stay, record.program};
}
inline MatterId key_of(const Matter& record) { return record.id; }
inline AlertId key_of(const Alert& record) { return record.id; }

template <class Record, class Key>
[[nodiscard]] auto position_of(std::vector<Record>& records, const Key& key) {
    return std::lower_bound(
        records.begin(), records.end(), key,
        [](const Record& record, const Key& wanted) { return key_of(record) < wanted; });
}

/// The record with that key, or null.
template <class Record, class Key>
[[nodiscard]] Record* find(std::vector<Record>& records, const Key& key) {
    const auto at = position_of(records, key);
    return at != records.end() && key_of(*at) == key ? &*at : nullptr;
}

template <class Record, class Key>
[[nodiscard]] const Record* find(const std::vector<Record>& records, const Key& key) {
    return find(const_cast<std::vector<Record>&>(records), key);
}

template <class Record, class Key>
[[nodiscard]] const Record* find(const Records<Record>& records, const Key& key) {
    return find(records.all(), key);
}

template <class Record>
void put(std::vector<Record>& records, Record record) {
    const auto key = key_of(record);
    const auto at = position_of(records, key);
    if (at != records.end() && key_of(*at) == key) {
        *at = std::move(record);
        return;
    }
    const auto place = at - records.begin();
    if (records.size() == records.capacity()) {
        // A million clients keep theirs for years: doubling would waste a third of State.
        records.reserve(records.size() + records.size() / 8 + 1);
    }
    records.insert(records.begin() + place, std::move(record));
}

template <class Record>
void put(Records<Record>& records, Record record) {
    put(records.edit(), std::move(record));
}

/// Of the contacts the newest are kept: the oldest closed their duties long ago.
inline void put_contact(Records<Contact>& contacts, Contact contact) {
    put(contacts, contact);
    if (contacts.size() > kContactsKept) {
        contacts.edit().erase(contacts.edit().begin());
    }
}

template <class Record, class Key>
void erase(Records<Record>& records, const Key& key) {
    std::vector<Record>& own = records.edit();
    const auto at = position_of(own, key);
    if (at != own.end() && key_of(*at) == key) {
        own.erase(at);
    }
}

}  // namespace carehub::core
