// What became of a feed's records, as the adapter tells it on SIGUSR1 and at its end.
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "hub/model/receipt.hpp"

namespace carehub::adapters {

struct Counts {
    std::uint64_t accepted = 0;
    std::uint64_t duplicate = 0;
    std::uint64_t refused = 0;           ///< by the adapter and by the hub
    std::uint64_t routed_to_nobody = 0;  ///< accepted, and nobody the hub knows is concerned
    std::map<std::string, std::uint64_t> by_reason;
    std::uint64_t notices_told = 0;     ///< the partner's system has them
    std::uint64_t notices_refused = 0;  ///< by it, or because they cannot be told
    bool hub_differs = false;           ///< the hub's history is not the one this adapter knows

    /// Of an event that has its last word and was not refused.
    void add_taken(const Receipt& receipt) {
        accepted += receipt.status == ReceiptStatus::Accepted ? 1 : 0;
        duplicate += receipt.status == ReceiptStatus::Duplicate ? 1 : 0;
        routed_to_nobody += receipt.routed_to == RoutedTo::Nobody ? 1 : 0;
    }
    void add_refusal(RefusalReason reason) {
        ++refused;
        ++by_reason[std::string(name_of(reason))];
    }
    /// {"accepted":1,"duplicate":0,"refused":2,"routed_to_nobody":0,"by_reason":{"RowIncomplete":2},
    ///  "notices_told":3,"notices_refused":0,"hub_differs":false}
    [[nodiscard]] std::string to_json() const;
};

}  // namespace carehub::adapters
