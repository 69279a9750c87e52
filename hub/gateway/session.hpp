// One connection after Hello: what it may send, what it was sent, and when it was last heard.
//
// Contract: plain state; ingress and egress act on it. Threads: confined to the gateway's thread.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/utc_time.hpp"
#include "hub/codec/control.hpp"
#include "hub/gateway/credit.hpp"
#include "hub/gateway/limits.hpp"
#include "hub/model/routing.hpp"

namespace carehub::gateway {

/// An encoded notice that has not left yet.
struct WaitingNotice {
    std::uint64_t number = 0;
    Bytes bytes;
    Delivery delivery;
};

/// One that left: what an Acknowledge or a Verdict speaks of.
struct SentNotice {
    Delivery delivery;
    bool judged = false;
};

/// What is read from the journal for the next question to core.
struct Reading {
    std::deque<Delivery> found;  ///< above the cursor, ascending
    Sequence next;               ///< none: where the cursor's next one can stand
};

/// What was acknowledged is told again before what is owed.
struct HistoryWanted {
    UtcTime since = kUnknownTime;
};

struct Subscription {
    std::uint64_t cursor = 0;      ///< last number given to the session, or passed over
    std::vector<EventKind> kinds;  ///< empty: every kind
    bool no_acknowledge = false;
    std::optional<HistoryWanted> history;
    bool behind = true;    ///< live deliveries pass it by until core was asked
    bool on_disk = false;  ///< the next one has to be read from the journal
    bool waits = false;    ///< for an acknowledgement, before core is asked again
    bool is_new = true;    ///< core was not asked yet
    Reading reading;
    std::uint32_t asked = 0;          ///< count_max of the ResumeInput under way; 0: none
    std::uint32_t stale_answers = 0;  ///< answers to earlier subscriptions, still to come
    bool told_caught_up = false;
    std::deque<WaitingNotice> waiting;  ///< for room on the connection
    std::size_t waiting_bytes = 0;
    std::deque<SentNotice> sent;  ///< the last ones, ascending; none if it only looks
};

struct Session {
    std::uint64_t number = 0;
    std::string routing_id;
    std::string user_id;  ///< the key it was opened with
    PartnerId principal;
    codec::Purpose purpose = codec::Purpose::Unset;
    Micros heard_at{0};  ///< steady time
    std::uint64_t last_ticket = 0;
    std::uint32_t open_questions = 0;
    Credit submit{kSubmitCreditMax, kSubmitCreditMax};
    Credit notices{0, kNoticeCreditMax};
    std::optional<Subscription> subscription;
    std::uint64_t sent = 0;            ///< highest number that left and can be acknowledged
    std::vector<Bytes> receipts;       ///< encoded, not in a frame yet
    std::deque<Bytes> outbox;          ///< frames the connection had no room for
    std::optional<Micros> no_room_at;  ///< steady time of the last event refused for want of room
    bool gone = false;                 ///< the connection is no more, or must not be used
};

}  // namespace carehub::gateway
