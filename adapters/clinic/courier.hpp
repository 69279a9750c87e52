// Carries the events of a message to the hub and tells, once, what became of them.
//
// Contract: deliver() takes all events of one message; its callback runs from pump(), exactly
// once: when every event has its receipt, or when time is up. Events leave in the order they
// came, within the link's credit; each waits for the receipt of the one before it of its message,
// so that no retry puts it behind. A retryable refusal is submitted again after a pause; after a
// reconnect everything unanswered is. What is given up may still reach the hub: the sender's repeat
// is then a duplicate.
// Errors: those of the link; the courier is of no use afterwards.
// Threads: confined to one thread. Lifetime: borrows the link and the counts.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "adapters/kit/counts.hpp"
#include "adapters/kit/hub_link.hpp"

namespace carehub::adapters::clinic {

/// What became of a message's events.
struct Delivery {
    bool in_time = true;             ///< false: try again later
    std::optional<Refusal> refusal;  ///< the first event's that was refused for good
    std::vector<Sequence> stored;    ///< entries of the events, those known before among them
};

class Courier {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Done = std::function<void(Delivery)>;

    Courier(HubLink& link, Counts& counts) : link_(link), counts_(counts) {}

    void deliver(std::vector<Submission> events, Time deadline, Done done);
    /// Sends what may be sent, takes receipts, runs callbacks.
    [[nodiscard]] Status pump(Time now);
    [[nodiscard]] bool is_idle() const { return messages_.empty(); }

private:
    using Ticket = std::uint64_t;   ///< a fresh one each time an event is sent
    using EventId = std::uint64_t;  ///< in order of arrival
    using MessageId = std::uint64_t;

    struct Event {
        Submission submission;
        MessageId message = 0;
        Time not_before{};
    };
    struct Message {
        std::size_t unanswered = 0;
        bool with_hub = false;  ///< one of its events is in flight
        Time deadline{};
        Delivery delivery;
        Done done;
    };

    [[nodiscard]] Status send_waiting(Time now);
    [[nodiscard]] Status send(EventId id);
    void take(const Receipt& receipt, Time now);
    void settle(EventId id, const Refusal& refusal, Sequence stored = {});
    void return_all_unanswered();
    void expire(Time now);
    void forget_waiting_of(MessageId id);

    HubLink& link_;
    Counts& counts_;
    Ticket last_ticket_ = 0;
    EventId last_event_ = 0;
    MessageId last_message_ = 0;
    std::map<EventId, Event> events_;
    std::map<MessageId, Message> messages_;
    std::set<EventId> waiting_;            ///< not with the hub
    std::map<Ticket, EventId> in_flight_;  ///< with the hub, or on the way
};

}  // namespace carehub::adapters::clinic
