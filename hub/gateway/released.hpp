// What the journal releases: a batch is durable, now its effects may leave.
//
// Contract: given to Gateway::release in journal order. `deliveries` are those the batch's entries
// decided, queued and withdrawn ones alike, in that order; `resumed` answers ResumeInputs.
#pragma once

#include <vector>

#include "hub/gateway/readers.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::gateway {

struct PendingReceipt {
    std::uint64_t session = 0;
    Receipt receipt;  ///< its ticket is the input's
};

/// Core's answer to a ResumeInput: what may leave now, ascending by number, at most as many as
/// asked.
struct Resumed {
    PartnerId recipient;
    std::uint64_t session = 0;
    std::vector<Delivery> deliveries;
};

struct Released {
    std::vector<EntryPtr> entries;
    std::vector<PendingReceipt> receipts;
    std::vector<Delivery> deliveries;
    std::vector<Resumed> resumed;
    std::vector<Principal> principals;  ///< put or changed by the batch's entries
};

}  // namespace carehub::gateway
