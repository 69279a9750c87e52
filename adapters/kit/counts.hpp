// What became of a feed's records, as the adapter tells it on SIGUSR1 and at its end.
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "hub/model/refusal.hpp"

namespace carehub::adapters {

struct Counts {
    std::uint64_t accepted = 0;
    std::uint64_t duplicate = 0;
    std::uint64_t refused = 0;  ///< by the adapter and by the hub
    std::map<std::string, std::uint64_t> by_reason;

    void add_refusal(RefusalReason reason) {
        ++refused;
        ++by_reason[std::string(name_of(reason))];
    }
    /// {"accepted":1,"duplicate":0,"refused":2,"by_reason":{"RowIncomplete":2}}
    [[nodiscard]] std::string to_json() const;
};

}  // namespace carehub::adapters
