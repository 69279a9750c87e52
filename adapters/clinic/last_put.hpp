// What was put last to each address of the FHIR door: it tells a body that comes again after another
// one, and counts, from the repeat of the last, which does not.
//
// Contract: kept in memory alone, of kPutAddressesMax addresses; after a restart the first body of
// an address counts as never put. Threads: confined to the door's loop.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/base/bytes.hpp"
#include "hub/base/utc_time.hpp"

namespace carehub::adapters::clinic {

class LastPut {
public:
    /// What tells this telling of the body from an earlier one: empty for the first body of an
    /// address, the same again for a repeat of its last.
    [[nodiscard]] std::string again(const std::string& address, const Hash256& body, UtcTime now);

private:
    struct Put {
        Hash256 body{};
        std::string again;
    };
    std::unordered_map<std::string, Put> last_;
};

}  // namespace carehub::adapters::clinic
