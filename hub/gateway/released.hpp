// What the journal releases: a batch is durable, now its effects may leave.
//
// Contract: given to Gateway::release in journal order. `deliveries` are those the batch's entries
// decided, queued and withdrawn ones alike, in that order; `resumed` answers ResumeInputs.
#pragma once

#include <limits>
#include <vector>

#include "hub/gateway/readers.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::gateway {

struct PendingReceipt {
    std::uint64_t session = 0;
    Receipt receipt;  ///< its ticket is the input's
};

/// Core's answer to a ResumeInput (core's ResumeAnswer): what may leave now, ascending by number,
/// at most as many as asked.
struct Resumed {
    PartnerId recipient;
    std::uint64_t session = 0;
    std::vector<Delivery> deliveries;
    std::uint64_t passed = 0;        ///< up to here all is in `deliveries`, or is not owed
    std::uint64_t acknowledged = 0;  ///< by the recipient
    std::uint64_t last_number = std::numeric_limits<std::uint64_t>::max();  ///< highest decided
    bool more = false;     ///< something above `passed` is owed
    bool on_disk = false;  ///< it has to be read from the journal first
    bool waits = false;    ///< ask again only after an acknowledgement
    bool history = false;  ///< as asked
};

/// A submission as the door decoded it, kept for the follower and for whoever puts it into words:
/// nothing when it is read back from the journal.
struct DecodedEvent {
    Sequence entry;
    std::shared_ptr<const Submission>
        event;  // read by many sessions' notices, after core let it go
};

struct Released {
    std::vector<EntryPtr> entries;
    std::vector<DecodedEvent> events;  ///< of the accepted submissions among them, ascending
    std::vector<PendingReceipt> receipts;
    std::vector<Delivery> deliveries;
    std::vector<Resumed> resumed;
    std::vector<Principal> principals;  ///< put or changed by the batch's entries
    std::vector<ClientId> narrowed;     ///< of these less may be told: what waits is asked anew
};

}  // namespace carehub::gateway
