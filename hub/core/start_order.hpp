// The order of a client's obligations in time: derived, never decided. State keeps it for clients
// who have many, where sorting them for every event would cost more than all else.
//
// Contract: describes the records of one State's case, by their places among them. Of few records
// it is empty.
// Threads: its owner's.
#pragma once

#include <cstdint>
#include <vector>

#include "hub/model/case_records.hpp"

namespace carehub::core {

class StartOrder {
public:
    struct Entry {
        UtcTime start;
        std::uint32_t place;  ///< among the records, which are ordered by id
        ObligationStatus status;
    };
    /// With fewer it is not kept.
    static constexpr std::size_t kKeptFrom = 64;

    /// The record at that place was replaced.
    void replaced(UtcTime start_before, const std::vector<Obligation>& all, std::size_t place);
    /// The record at that place was added.
    void added(const std::vector<Obligation>& all, std::size_t place);
    /// Some were taken out.
    void rebuild(const std::vector<Obligation>& all);

    /// By start, then place; empty: not kept.
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

private:
    void insert(const Obligation& record, std::size_t place);

    std::vector<Entry> entries_;
};

}  // namespace carehub::core
