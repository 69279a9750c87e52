#include "adapters/clinic/courier.hpp"

#include "adapters/clinic/limits.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters::clinic {

void Courier::deliver(std::vector<Submission> events, Time deadline, Done done) {
    CAREHUB_CHECK(!events.empty(), "a message without events needs no courier");
    const MessageId message = ++last_message_;
    messages_.emplace(message, Message{events.size(), false, deadline, {}, std::move(done)});
    for (Submission& event : events) {
        const EventId id = ++last_event_;
        events_.emplace(id, Event{std::move(event), message, {}});
        waiting_.insert(id);
    }
}

Status Courier::pump(Time now) {
    bool more = true;
    while (more) {
        CAREHUB_TRY_DONE(send_waiting(now));
        CAREHUB_TRY(const LinkNews news, link_.poll(std::chrono::milliseconds{0}));
        if (news.reconnected) {
            return_all_unanswered();
        }
        for (const Receipt& receipt : news.receipts) {
            take(receipt, now);
        }
        more = news.reconnected || !news.receipts.empty();
    }
    expire(now);
    return {};
}

Status Courier::send_waiting(Time now) {
    std::set<MessageId> held;  // an event waits, so those of the same message behind it do
    for (auto at = waiting_.begin(); at != waiting_.end() && link_.credit() > 0;) {
        const EventId id = *at;
        const Event& event = events_.at(id);
        const bool waits = event.not_before > now || messages_.at(event.message).with_hub;
        if (waits || held.contains(event.message)) {
            held.insert(event.message);
            ++at;
            continue;
        }
        at = waiting_.erase(at);
        CAREHUB_TRY_DONE(send(id));
    }
    return {};
}

Status Courier::send(EventId id) {
    const Ticket ticket = ++last_ticket_;
    const Status sent = link_.submit(ticket, events_.at(id).submission);
    if (sent) {
        in_flight_.emplace(ticket, id);
        messages_.at(events_.at(id).message).with_hub = true;
        return {};
    }
    if (sent.error().code != ErrorCode::Invalid) {
        return sent;
    }
    settle(id, {RefusalReason::TooLarge,
                {},
                "send a message with fewer identifiers, names and telephones"});
    return {};
}

void Courier::take(const Receipt& receipt, Time now) {
    const auto found = in_flight_.find(receipt.ticket);
    if (found == in_flight_.end()) {
        return;
    }
    const EventId id = found->second;
    in_flight_.erase(found);
    Event& event = events_.at(id);
    const auto message = messages_.find(event.message);
    const bool open = message != messages_.end();
    if (open) {
        message->second.with_hub = false;
    }
    const bool refused = receipt.status == ReceiptStatus::Refused;
    if (refused && is_retryable(receipt.refusal.reason) && open) {
        event.not_before = now + kRetryPause;
        waiting_.insert(id);
        return;
    }
    counts_.add_taken(receipt);
    refused ? settle(id, receipt.refusal) : settle(id, {}, receipt.sequence);
}

/// The event has its last word; with the last event the message has its answer.
void Courier::settle(EventId id, const Refusal& refusal, Sequence stored) {
    const MessageId message = events_.at(id).message;
    events_.erase(id);
    if (refusal.reason != RefusalReason::None) {
        counts_.add_refusal(refusal.reason);
    }
    const auto found = messages_.find(message);
    if (found == messages_.end()) {
        return;
    }
    Message& open = found->second;
    if (refusal.reason != RefusalReason::None && !open.delivery.refusal) {
        open.delivery.refusal = refusal;
    }
    if (refusal.reason == RefusalReason::None) {
        open.delivery.stored.push_back(stored);
    }
    if (--open.unanswered == 0) {
        Message done = std::move(open);
        messages_.erase(found);
        done.done(std::move(done.delivery));
    }
}

/// The hub of the new session knows none of our tickets: what it stored before it calls duplicate.
void Courier::return_all_unanswered() {
    for (const auto& [ticket, id] : in_flight_) {
        const auto message = messages_.find(events_.at(id).message);
        if (message != messages_.end()) {
            message->second.with_hub = false;
            waiting_.insert(id);
        } else {
            events_.erase(id);
        }
    }
    in_flight_.clear();
}

void Courier::expire(Time now) {
    for (auto at = messages_.begin(); at != messages_.end();) {
        if (at->second.deadline > now) {
            ++at;
            continue;
        }
        const MessageId id = at->first;
        Message late = std::move(at->second);
        messages_.erase(at);
        forget_waiting_of(id);
        late.delivery.in_time = false;
        late.done(std::move(late.delivery));
        at = messages_.upper_bound(id);
    }
}

void Courier::forget_waiting_of(MessageId id) {
    for (auto at = waiting_.begin(); at != waiting_.end();) {
        if (events_.at(*at).message == id) {
            events_.erase(*at);
            at = waiting_.erase(at);
        } else {
            ++at;
        }
    }
}

}  // namespace carehub::adapters::clinic
