// Records found and put by key, in a case and in a vector: one idea of "replace by key".
#pragma once

#include "hub/core/limits.hpp"
#include "hub/core/records.hpp"

namespace carehub::core {

/// The record with that key, or null.
template <class Record, class Key>
[[nodiscard]] const Record* find(const std::vector<Record>& records, const Key& key) {
    const auto at = first_not_below(records.begin(), records.end(), key);
    return at != records.end() && key_of(*at) == key ? &*at : nullptr;
}

template <class Record, class Key>
[[nodiscard]] const Record* find(const Records<Record>& records, const Key& key) {
    return records.find(key);
}

template <class Record>
void put(std::vector<Record>& records, Record record) {
    const auto at = first_not_below(records.begin(), records.end(), key_of(record));
    if (at != records.end() && key_of(*at) == key_of(record)) {
        *at = std::move(record);
    } else {
        records.insert(at, std::move(record));
    }
}

/// Of the contacts the newest are kept: the oldest closed their duties long ago.
inline void put_contact(Records<Contact>& contacts, Contact contact) {
    contacts.put(std::move(contact));
    if (contacts.size() > kContactsKept) {
        contacts.edit().erase(contacts.edit().begin());
    }
}

}  // namespace carehub::core
