// The adapter's end of the wire: submissions go out within the hub's credit, receipts come back;
// notices come in within the adapter's credit, and what became of them goes back.
//
// Contract: a ticket names one submission within this object, given by the caller, ascending. After
// a reconnect the hub no longer knows unanswered tickets: poll() reports `reconnected`, and the
// caller submits again whatever it has no receipt for (the hub answers repeats with `duplicate`),
// and subscribes again. What is told of a notice without a session, or of another session's notice,
// is lost: the hub sends the notice again.
// Errors: Invalid when the submission is above event_bytes_max; Unavailable while not connected is
// not an error: credit() is 0 then.
// Threads: confined to one thread.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "adapters/kit/last_receipt.hpp"
#include "hub/base/error.hpp"
#include "hub/model/notice.hpp"
#include "hub/model/receipt.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters {

struct LinkNews {
    bool reconnected = false;  ///< a new session began: resend what has no receipt
    bool resend = false;       ///< and the hub lost what it acknowledged: resend all that is kept
    std::vector<Receipt> receipts;
    std::vector<Notice> notices;
};

/// Seam with two real sides: the ZeroMQ link (connect_hub) and a link in memory for tests.
class HubLink {
public:
    virtual ~HubLink() = default;
    /// How many submissions may be sent now.
    [[nodiscard]] virtual std::size_t credit() const = 0;
    /// Takes the submission for sending; never blocks. Requires credit() > 0.
    [[nodiscard]] virtual Status submit(std::uint64_t ticket, const Submission& submission) = 0;
    /// What the next Hello tells; none at first.
    virtual void tell_last_receipt(const LastReceipt& /*last*/) {}
    /// Waits up to `timeout` for news; keeps heartbeats and reconnects going.
    [[nodiscard]] virtual Result<LinkNews> poll(std::chrono::milliseconds timeout) = 0;
    /// File descriptor that becomes readable when poll() has something to do; -1 if there is none.
    [[nodiscard]] virtual int wake_fd() const = 0;
    /// Why no session opens though the hub is there (hub_connection.hpp); empty: nothing is wrong.
    [[nodiscard]] virtual std::string trouble() const { return {}; }
    /// An answer of the hub is awaited that the descriptor may not tell of: poll soon.
    [[nodiscard]] virtual bool is_busy() const { return false; }

    // Notices; a link that only sends leaves these as they are.

    /// Asks for what is owed and not acknowledged, of these kinds (none: of every kind), in place
    /// of what was asked for before, and gives credit for one.
    [[nodiscard]] virtual Status subscribe(const std::vector<EventKind>& /*kinds*/) { return {}; }
    /// Gives credit for one more.
    [[nodiscard]] virtual Status next_notice() { return {}; }
    /// Up to and including that number.
    [[nodiscard]] virtual Status acknowledge(std::uint64_t /*number*/) { return {}; }
    /// Before it is acknowledged; `refusal` of a refused one alone.
    [[nodiscard]] virtual Status judge(std::uint64_t /*number*/, VerdictOutcome /*outcome*/,
                                       const Refusal& /*refusal*/) {
        return {};
    }
};

}  // namespace carehub::adapters
