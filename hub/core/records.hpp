// A case's records of one kind, ordered by key. State owns them; a draft borrows them and keeps what
// it changes beside, so that a decision costs what it changes and not what the client has.
//
// Contract: reads as a const forward range in the order of keys, changes in their places. put() and
// change() end references to records changed before, edit() also those into what was borrowed. A
// borrower must not outlive what it borrows from, nor that change meanwhile.
// Threads: its owner's.
#pragma once

#include <cstddef>
#include <iterator>
#include <span>
#include <vector>

#include "hub/base/check.hpp"
#include "hub/core/keys.hpp"

namespace carehub::core {

template <class Record>
class Records {
public:
    class const_iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = Record;
        using difference_type = std::ptrdiff_t;
        using pointer = const Record*;
        using reference = const Record&;

        const_iterator() = default;
        reference operator*() const { return is_at_change() ? *change_ : *base_; }
        pointer operator->() const { return &**this; }
        const_iterator& operator++() {
            if (!is_at_change()) {
                ++base_;
                return *this;
            }
            base_ += base_ != base_end_ && key_of(*base_) == key_of(*change_) ? 1 : 0;
            ++change_;
            find_stop();
            return *this;
        }
        const_iterator operator++(int) {
            const const_iterator before = *this;
            ++*this;
            return before;
        }
        friend bool operator==(const const_iterator& a, const const_iterator& b) {
            return a.base_ == b.base_ && a.change_ == b.change_;
        }

    private:
        friend class Records;
        const_iterator(const Record* base, const Record* base_end, const Record* change,
                       const Record* change_end)
            : base_(base),
              base_end_(base_end),
              change_(change),
              change_end_(change_end),
              stop_(base_end) {
            if (change != change_end) {
                find_stop();
            }
        }

        [[nodiscard]] bool is_at_change() const { return base_ == stop_ && change_ != change_end_; }

        void find_stop() {
            stop_ = change_ == change_end_ ? base_end_
                                           : first_not_below(base_, base_end_, key_of(*change_));
        }

        const Record* base_ = nullptr;
        const Record* base_end_ = nullptr;
        const Record* change_ = nullptr;
        const Record* change_end_ = nullptr;
        const Record* stop_ = nullptr;  ///< where among the borrowed the next change stands
    };

    using value_type = Record;

    Records() = default;
    Records(const Records& other) : own_(other.begin(), other.end()) {}
    Records(Records&& other) noexcept = default;
    Records& operator=(const Records& other) {
        return *this = std::vector<Record>(other.begin(), other.end());
    }
    Records& operator=(Records&& other) noexcept = default;
    Records& operator=(std::vector<Record> records) {
        own_ = std::move(records);
        borrowed_ = nullptr;
        return *this;
    }
    ~Records() = default;

    /// What another owns.
    void borrow(const Records& owner) {
        CAREHUB_CHECK(!owner.is_borrowed(), "records are borrowed from who owns them");
        own_.clear();
        borrowed_ = &owner.own_;
    }
    [[nodiscard]] bool is_borrowed() const { return borrowed_ != nullptr; }
    /// Own ones, or those that were borrowed, without what was changed since.
    [[nodiscard]] const std::vector<Record>& base() const {
        return borrowed_ != nullptr ? *borrowed_ : own_;
    }
    /// What a borrower changed or added.
    [[nodiscard]] std::span<const Record> changes() const {
        return borrowed_ != nullptr ? std::span<const Record>(own_) : std::span<const Record>();
    }

    /// The record with that key, or null.
    template <class Key>
    [[nodiscard]] const Record* find(const Key& key) const {
        const Record* changed = find_in(own_, key);
        return changed != nullptr || borrowed_ == nullptr ? changed : find_in(*borrowed_, key);
    }

    /// The same, to be changed.
    template <class Key>
    [[nodiscard]] Record* change(const Key& key) {
        const Record* known = find(key);
        return known == nullptr ? nullptr : own(*known);
    }

    /// Replaces the one with its key.
    Record& put(Record record) {
        const auto key = key_of(record);
        const auto at = first_not_below(own_.begin(), own_.end(), key);
        if (at != own_.end() && key_of(*at) == key) {
            *at = std::move(record);
            return *at;
        }
        return insert(at, std::move(record));
    }

    template <class Predicate>
    void erase_if(const Predicate& goes) {
        if (std::any_of(begin(), end(), goes)) {
            std::erase_if(edit(), goes);
        }
    }

    /// All of them as one's own.
    [[nodiscard]] std::vector<Record>& edit() {
        if (borrowed_ != nullptr) {
            *this = std::vector<Record>(begin(), end());
        }
        return own_;
    }

    [[nodiscard]] const_iterator begin() const {
        return {base().data(), end_of(base()), borrowed_ != nullptr ? own_.data() : end_of(own_),
                end_of(own_)};
    }
    [[nodiscard]] const_iterator end() const {
        return {end_of(base()), end_of(base()), end_of(own_), end_of(own_)};
    }
    [[nodiscard]] std::size_t size() const {
        std::size_t count = base().size();
        for (const Record& record : changes()) {
            count += find_in(*borrowed_, key_of(record)) == nullptr ? 1U : 0U;
        }
        return count;
    }
    /// By walking there.
    [[nodiscard]] const Record& at(std::size_t place) const {
        CAREHUB_CHECK(place < size(), "the record is one of those there are");
        return *std::next(begin(), static_cast<std::ptrdiff_t>(place));
    }
    [[nodiscard]] const Record& front() const { return at(0); }
    [[nodiscard]] bool empty() const { return own_.empty() && base().empty(); }

private:
    static const Record* end_of(const std::vector<Record>& records) {
        return records.data() + records.size();
    }

    using Place = typename std::vector<Record>::iterator;

    template <class Key>
    [[nodiscard]] static const Record* find_in(const std::vector<Record>& records, const Key& key) {
        const auto at = first_not_below(records.begin(), records.end(), key);
        return at != records.end() && key_of(*at) == key ? &*at : nullptr;
    }

    /// One's own of a record that stands here.
    Record* own(const Record& known) {
        const auto at = first_not_below(own_.begin(), own_.end(), key_of(known));
        return at != own_.end() && &*at == &known ? &*at : &insert(at, known);
    }

    Record& insert(Place at, Record record) {
        const auto place = at - own_.begin();
        if (borrowed_ == nullptr && own_.size() == own_.capacity()) {
            // A million clients keep theirs for years: doubling would waste a third of State.
            own_.reserve(own_.size() + own_.size() / 8 + 1);
        }
        return *own_.insert(own_.begin() + place, std::move(record));
    }

    std::vector<Record> own_;  ///< of a borrower: what it changed
    const std::vector<Record>* borrowed_ = nullptr;
};

}  // namespace carehub::core
