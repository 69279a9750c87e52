// Records found by an id that is a uniform hash, kept in order of their first mention.
//
// Contract: references stay valid while the table lives; nothing is ever erased. Iteration is in
// order of arrival, which is the same for a live and a replayed State.
// Threads: its owner's.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "hub/core/id_index.hpp"

namespace carehub::core {

/// `Id` is a StrongHash; `Record` is default-constructible.
template <class Id, class Record>
class IdTable {
public:
    struct Item {
        Id id;
        Record record;
    };

    [[nodiscard]] const Record* find(const Id& id) const {
        const auto number = number_of(id);
        return number ? &items_[*number].record : nullptr;
    }

    /// Asks memory for what find() reads first.
    void expect(const Id& id) const { index_.expect(word_of(id.value)); }
    /// Asks it for the record, once that has come.
    void expect_record(const Id& id) const {
        static_cast<void>(index_.find(word_of(id.value), [this](std::uint32_t number) {
            expect_bytes(&items_[number], sizeof(Item));
            return false;  // whether it is the one is not worth waiting for
        }));
    }

    /// Its place in the table, from 0; nothing when it is not there.
    [[nodiscard]] std::optional<std::uint32_t> number_of(const Id& id) const {
        return index_.find(word_of(id.value),
                           [&](std::uint32_t number) { return items_[number].id == id; });
    }

    /// The record of that id, which is there.
    [[nodiscard]] const Record& at(const Id& id) const {
        const Record* known = find(id);
        CAREHUB_CHECK(known != nullptr, "the record was said to be there");
        return *known;
    }
    [[nodiscard]] Record& at(const Id& id) {
        return const_cast<Record&>(std::as_const(*this).at(id));
    }

    /// The record of that id; made when it is not there.
    [[nodiscard]] Record& operator[](const Id& id) {
        if (const auto number = number_of(id)) {
            return items_[*number].record;
        }
        const auto number = static_cast<std::uint32_t>(items_.size());
        CAREHUB_CHECK(items_.size() < kItemsMax, "records are numbered with 32 bits");
        items_.push_back({id, Record{}});
        index_.insert(word_of(id.value), number,
                      [this](std::uint32_t other) { return word_of(items_[other].id.value); });
        return items_.back().record;
    }

    /// As IdIndex::reserve.
    void reserve(std::size_t count) { index_.reserve(count); }
    [[nodiscard]] bool contains(const Id& id) const { return number_of(id).has_value(); }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }
    [[nodiscard]] const Item& item(std::size_t number) const { return items_[number]; }
    [[nodiscard]] Record& record(std::size_t number) { return items_[number].record; }

private:
    static constexpr std::size_t kItemsMax = 0xFFFFFFFFU;

    std::deque<Item> items_;
    IdIndex index_;
};

}  // namespace carehub::core
