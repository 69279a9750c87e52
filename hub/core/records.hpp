// A case's records of one kind, ordered by key: State owns them, a draft borrows them and copies a
// kind when it first changes it. Most events change one kind of a case that has many records.
//
// Contract: reading is as of a const vector. edit() gives the own vector, copied first when
// borrowed; it ends references into what was borrowed. A borrower must not outlive what it borrows
// from.
// Threads: its owner's.
#pragma once

#include <cstddef>
#include <vector>

namespace carehub::core {

template <class Record>
class Records {
public:
    using value_type = Record;
    using const_iterator = typename std::vector<Record>::const_iterator;

    Records() = default;
    Records(const Records& other) : own_(other.all()) {}
    Records(Records&& other) noexcept = default;
    Records& operator=(const Records& other) {
        own_ = std::vector<Record>(other.all());
        borrowed_ = nullptr;
        return *this;
    }
    Records& operator=(Records&& other) noexcept = default;
    Records& operator=(std::vector<Record> records) {
        own_ = std::move(records);
        borrowed_ = nullptr;
        return *this;
    }
    ~Records() = default;

    void borrow(const Records& other) {
        own_.clear();
        borrowed_ = &other.all();
    }
    /// Nothing was changed since borrow().
    [[nodiscard]] bool is_borrowed() const { return borrowed_ != nullptr; }

    [[nodiscard]] const std::vector<Record>& all() const {
        return borrowed_ != nullptr ? *borrowed_ : own_;
    }
    [[nodiscard]] std::vector<Record>& edit() {
        if (borrowed_ != nullptr) {
            own_.reserve(borrowed_->size() + 1);  // a change adds one record at most times
            own_.assign(borrowed_->begin(), borrowed_->end());
            borrowed_ = nullptr;
        }
        return own_;
    }

    [[nodiscard]] const_iterator begin() const { return all().begin(); }
    [[nodiscard]] const_iterator end() const { return all().end(); }
    [[nodiscard]] const Record* data() const { return all().data(); }
    [[nodiscard]] std::size_t size() const { return all().size(); }
    [[nodiscard]] bool empty() const { return all().empty(); }
    [[nodiscard]] const Record& operator[](std::size_t at) const { return all()[at]; }
    [[nodiscard]] const Record& at(std::size_t place) const { return all().at(place); }
    [[nodiscard]] const Record& front() const { return all().front(); }
    [[nodiscard]] const Record& back() const { return all().back(); }

private:
    std::vector<Record> own_;
    const std::vector<Record>* borrowed_ = nullptr;
};

}  // namespace carehub::core
