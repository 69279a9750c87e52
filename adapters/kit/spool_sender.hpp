// Sends what the spool holds to the hub, within its credit, until each item has its receipt.
//
// Contract: items leave in order of number. Accepted, duplicate and finally refused items are
// acknowledged; a final refusal is told first, so a crash may tell it twice but never lose it.
// After a reconnect everything without a receipt goes again. A retryable refusal goes again after a
// wait that doubles from kRetryFirst to kRetryLongest: when the hub is short of room or paused,
// everything waits; when one client's lane is parked, only events that share an identifier with it
// do, so that no client's events overtake each other. The last receipt is remembered and told to
// the link. When the hub lost what it acknowledged, everything the spool keeps goes again. Events
// that were routed to nobody are told as findings.
// Errors: what spool and link say; Damaged for a spooled item that cannot be read back.
// Threads: confined to one thread.
// Lifetime: borrows spool, link, clock, counts and receipts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "adapters/kit/counts.hpp"
#include "adapters/kit/hub_link.hpp"
#include "adapters/kit/last_receipt.hpp"
#include "adapters/kit/limits.hpp"
#include "adapters/kit/partner_kind.hpp"
#include "adapters/kit/spool.hpp"
#include "adapters/kit/spooled_event.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters {

using DecodeSubmission = std::function<Result<Submission>(ByteView)>;
using TellRefusal = std::function<Status(const RecordRefusal&)>;
using TellFindings = std::function<Status(const std::vector<Finding>&)>;
/// That the hub has an event, and of which raw record it came.
using TellEvent = std::function<Status(const Hash256& raw_sha256, Sequence event)>;

class SpoolSender {
public:
    struct Parts {
        Spool& spool;
        HubLink& link;
        const Clock& clock;
        Counts& counts;
        ReceiptMemory& receipts;
        DecodeSubmission decode;
        TellRefusal tell_refusal;
        TellFindings tell_findings;
        TellEvent tell_event = nullptr;  ///< of accepted and duplicate ones
    };
    explicit SpoolSender(Parts parts);

    /// Submits as much as credit allows.
    [[nodiscard]] Status send();
    /// Takes what the link's poll() brought.
    [[nodiscard]] Status take(const LinkNews& news);

private:
    struct Sent {
        std::uint64_t number = 0;
        std::string file;
        std::uint32_t ordinal = 0;
        Hash256 raw_sha256{};
    };

    Status begin_session(bool resend);
    Status send_item(std::uint64_t number);
    Status tell_routed_to_nobody(const std::vector<Receipt>& receipts);
    Status remember_receipts();
    Status take_receipt(const Receipt& receipt);
    Status retry_later(std::uint64_t number, RefusalReason reason);
    Status refuse(const Sent& sent, const Refusal& refusal);
    Status end_wait();
    [[nodiscard]] bool shares_parked_identifier(const Submission& submission) const;

    Parts parts_;
    std::uint64_t next_ = 0;                   ///< the next number never sent in this session
    std::uint64_t ticket_ = 0;                 ///< the last one given
    std::map<std::uint64_t, Sent> in_flight_;  ///< by ticket
    std::set<std::uint64_t> waiting_;          ///< numbers to send again, or held back behind those
    std::set<std::string> parked_;             ///< identifiers whose client's lane is parked
    bool all_wait_ = false;
    Micros retry_at_{};  ///< steady time; meaningful while anything waits
    Micros retry_wait_ = kRetryFirst;
    Micros save_receipt_at_{};  ///< steady time
};

}  // namespace carehub::adapters
