#include "hub/gateway/subscribers.hpp"

#include <algorithm>
#include <set>

#include "hub/base/check.hpp"
#include "hub/base/log.hpp"
#include "hub/codec/notice.hpp"

namespace carehub::gateway {
namespace {

bool wants(const Subscription& subscription, EventKind kind) {
    return subscription.kinds.empty() ||
           std::ranges::find(subscription.kinds, kind) != subscription.kinds.end();
}

/// Takes back what waits from there on; core is asked for it again.
void recall_from(Session& session, std::deque<WaitingNotice>::iterator first) {
    Subscription& subscription = *session.subscription;
    auto& waiting = subscription.waiting;
    if (first == waiting.end()) {
        return;
    }
    subscription.cursor = first->number - 1;
    for (auto notice = first; notice != waiting.end(); ++notice) {
        subscription.waiting_bytes -= notice->bytes.size();
        session.notices.give(1);
    }
    waiting.erase(first, waiting.end());
    subscription.reading = {};
    subscription.behind = true;
}

/// What waits for room must not leave any more.
void withdraw(Session& session, std::uint64_t number) {
    auto& waiting = session.subscription->waiting;
    const auto found = std::ranges::lower_bound(waiting, number, {}, &WaitingNotice::number);
    if (found != waiting.end() && found->number == number) {
        session.subscription->waiting_bytes -= found->bytes.size();
        waiting.erase(found);
        session.notices.give(1);
    }
}

}  // namespace

void Subscribers::take(const Released& released) {
    // Answers about the past first: what is live continues where they end.
    for (const Resumed& resumed : released.resumed) {
        resume(resumed, released);
    }
    deliver_live(released);
    let_go_on(released);
    recall(released);
}

void Subscribers::resume(const Resumed& resumed, const Released& released) {
    Session* session = parts_.sessions.find(resumed.session);
    if (session == nullptr || !session->subscription) {
        return;
    }
    Subscription& subscription = *session->subscription;
    if (subscription.stale_answers > 0) {
        --subscription.stale_answers;
        return;
    }
    const std::uint32_t asked = std::exchange(subscription.asked, 0);
    if (resumed.history && asked > resumed.deliveries.size()) {
        share_.give_back(asked - static_cast<std::uint32_t>(resumed.deliveries.size()));
    }
    const Principal* reader = parts_.principals.find(session->principal);
    if (reader == nullptr || reader->paused) {
        return;  // what was not given is asked for again
    }
    const bool all_offered = std::ranges::all_of(resumed.deliveries, [&](const Delivery& delivery) {
        return offer(*session, delivery, released);
    });
    go_on(subscription, resumed, all_offered);
}

void Subscribers::go_on(Subscription& subscription, const Resumed& resumed, bool all_offered) {
    if (all_offered) {
        subscription.cursor = std::max(subscription.cursor, resumed.passed);
        subscription.waits = resumed.waits;
        subscription.on_disk = resumed.on_disk;
    }
    if (resumed.history && all_offered && !resumed.more) {
        subscription.history.reset();
        subscription.cursor = std::max(subscription.cursor, resumed.acknowledged);
    }
    // A client of a hub that was set back may claim more than was ever decided.
    subscription.cursor = std::min(subscription.cursor, resumed.last_number);
    subscription.behind = !all_offered || resumed.more || resumed.history;
    auto& found = subscription.reading.found;
    while (!found.empty() && found.front().number <= subscription.cursor) {
        found.pop_front();
    }
    if (!subscription.behind || (!subscription.on_disk && !subscription.history)) {
        subscription.reading = {};
    }
}

void Subscribers::deliver_live(const Released& released) {
    std::set<std::pair<PartnerId, std::uint64_t>> settled;
    for (const Delivery& delivery : released.deliveries) {
        if (delivery.state != DeliveryState::Queued && delivery.state != DeliveryState::Shown) {
            settled.emplace(delivery.recipient, delivery.number);
            for (Session* session : parts_.sessions.of(delivery.recipient)) {
                if (session->subscription) {
                    withdraw(*session, delivery.number);
                    session->subscription->waits = false;
                }
            }
        }
    }
    for (const Delivery& delivery : released.deliveries) {
        if (delivery.state != DeliveryState::Queued ||
            settled.contains({delivery.recipient, delivery.number})) {
            continue;
        }
        for (Session* session : parts_.sessions.of(delivery.recipient)) {
            if (!session->subscription || session->subscription->behind) {
                continue;
            }
            // Who only looks asks core for each: what it is shown is recorded first.
            const bool asks = session->subscription->no_acknowledge;
            share_.count_live();
            session->subscription->behind = asks ? delivery.number > session->subscription->cursor
                                                 : !offer(*session, delivery, released);
        }
    }
}

/// An acknowledgement lets the subscriptions go on that waited for one.
void Subscribers::let_go_on(const Released& released) {
    for (const EntryPtr& entry : released.entries) {
        for (const Acknowledged& acknowledged : entry->decisions.acknowledged) {
            for (Session* session : parts_.sessions.of(acknowledged.recipient)) {
                if (session->subscription) {
                    session->subscription->waits = false;
                }
            }
        }
    }
}

void Subscribers::recall(const Released& released) {
    for (const Principal& principal : released.principals) {
        for (Session* session : parts_.sessions.of(principal.id)) {
            if (principal.paused && session->subscription) {
                recall_from(*session, session->subscription->waiting.begin());
                session->subscription->behind = true;
            }
        }
    }
    for (const ClientId& client : released.narrowed) {
        parts_.sessions.for_each([&](Session& session) {
            if (session.subscription) {
                auto& waiting = session.subscription->waiting;
                recall_from(session, std::ranges::find_if(waiting, [&](const WaitingNotice& one) {
                                return one.delivery.client == client;
                            }));
            }
        });
    }
}

bool Subscribers::offer(Session& session, const Delivery& delivery, const Released& released) {
    Subscription& subscription = *session.subscription;
    const Principal* reader = parts_.principals.find(session.principal);
    if (reader == nullptr || delivery.number <= subscription.cursor) {
        return true;
    }
    if (reader->paused || session.notices.now() == 0 ||
        subscription.waiting_bytes >= kWaitingBytesMax) {
        return false;
    }
    subscription.cursor = delivery.number;
    std::optional<Bytes> bytes = word(session, delivery, released);
    if (bytes) {
        CAREHUB_CHECK(session.notices.take(1), "credit was there a moment ago");
        subscription.waiting_bytes += bytes->size();
        subscription.waiting.push_back({delivery.number, std::move(*bytes), delivery});
    }
    return true;
}

/// Nothing when the subscription does not want it, or nobody can word it.
std::optional<Bytes> Subscribers::word(Session& session, const Delivery& delivery,
                                       const Released& released) {
    const Subscription& subscription = *session.subscription;
    const auto entry = entry_of(delivery.entry, released);
    const auto notice =
        entry ? render_notice(**entry, event_of(delivery.entry, released), delivery,
                              *parts_.principals.find(session.principal), parts_.sources)
              : Result<Notice>(tl::unexpected(entry.error()));
    if (notice && !wants(subscription, notice->kind)) {
        return std::nullopt;
    }
    auto bytes =
        notice ? codec::encode_notice(*notice) : Result<Bytes>(tl::unexpected(notice.error()));
    if (bytes) {
        return std::move(*bytes);
    }
    log::error("gateway", "notice " + std::to_string(delivery.number) + " of partner " +
                              std::to_string(delivery.recipient.value) +
                              " cannot be worded: " + to_string(bytes.error()));
    if (!subscription.no_acknowledge && !subscription.history) {
        unrenderable_.push_back(delivery);
    }
    return std::nullopt;
}

const Submission* Subscribers::event_of(Sequence sequence, const Released& released) {
    const auto found =
        std::ranges::lower_bound(released.events, sequence, {}, &DecodedEvent::entry);
    return found != released.events.end() && found->entry == sequence ? found->event.get()
                                                                      : nullptr;
}

Result<EntryPtr> Subscribers::entry_of(Sequence sequence, const Released& released) const {
    const auto found = std::ranges::lower_bound(
        released.entries, sequence, {}, [](const EntryPtr& entry) { return entry->sequence; });
    if (found != released.entries.end() && (*found)->sequence == sequence) {
        return *found;
    }
    return parts_.backlog.entry(sequence);
}

void Subscribers::ask(InputMaker& maker, InputBatch& out) {
    for (const Delivery& delivery : std::exchange(unrenderable_, {})) {
        maker.unrenderable(delivery, out);
    }
    may_read_ = true;
    reading_ = false;
    // The journal is read for one subscription a round, in turn.
    const std::uint64_t last_reader = reader_;
    parts_.sessions.for_each([&](Session& session) {
        if (session.number > last_reader) {
            ask_for(session, maker, out);
        }
    });
    parts_.sessions.for_each([&](Session& session) {
        if (session.number <= last_reader) {
            ask_for(session, maker, out);
        }
    });
}

void Subscribers::ask_for(Session& session, InputMaker& maker, InputBatch& out) {
    const Principal* reader = parts_.principals.find(session.principal);
    if (session.gone || !session.subscription || reader == nullptr || reader->paused) {
        return;
    }
    Subscription& subscription = *session.subscription;
    if (!subscription.behind || subscription.asked != 0 || subscription.waits ||
        session.notices.now() == 0 || !subscription.waiting.empty()) {
        return;
    }
    std::uint32_t wanted = std::min(session.notices.now(), kResumeCountMax);
    if ((subscription.on_disk || subscription.history) && !read_on(session, wanted)) {
        return;
    }
    const bool history = subscription.history.has_value();
    wanted = history ? share_.take(wanted) : wanted;
    if (wanted == 0) {
        return;
    }
    ResumeInput ask;
    ask.after = subscription.cursor;
    ask.count_max = wanted;
    ask.looks_only = subscription.no_acknowledge;
    ask.history = history;
    ask.kinds = subscription.kinds;
    if (!history && !ask.looks_only && std::exchange(subscription.is_new, false)) {
        ask.sent = parts_.sessions.take_sent_before(session.principal);
    }
    const auto& found = subscription.reading.found;
    const auto count = std::min<std::size_t>(found.size(), kResumeCountMax);
    ask.backlog.assign(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count));
    subscription.asked = wanted;
    maker.resume(session, std::move(ask), out);
}

bool Subscribers::read_on(Session& session, std::uint32_t wanted) {
    Subscription& subscription = *session.subscription;
    Reading& reading = subscription.reading;
    if (reading.found.size() >= wanted) {
        return true;
    }
    if (!std::exchange(may_read_, false)) {
        reading_ = true;
        return false;
    }
    reader_ = session.number;
    auto read = this->read(session, wanted - reading.found.size());
    if (!read) {
        log::error("gateway", "what partner " + std::to_string(session.principal.value) +
                                  " is owed cannot be read: " + to_string(read.error()));
        session.gone = true;
        return false;
    }
    reading.next = read->next;
    reading.found.insert(reading.found.end(), read->deliveries.begin(), read->deliveries.end());
    if (!read->at_end && reading.found.size() < wanted) {
        reading_ = true;
        return false;
    }
    if (reading.found.empty() && subscription.history) {
        subscription.history.reset();
        reading = {};
        reading_ = true;
    }
    return !reading.found.empty();
}

Result<Backlog> Subscribers::read(const Session& session, std::size_t most) const {
    const Subscription& subscription = *session.subscription;
    const Reading& reading = subscription.reading;
    const std::uint64_t after =
        reading.found.empty() ? subscription.cursor : reading.found.back().number;
    Sequence from = reading.next;
    const bool begins_by_time =
        from.value == 0 && subscription.history && subscription.history->since != kUnknownTime;
    if (begins_by_time) {
        CAREHUB_TRY(from, parts_.backlog.first_since(subscription.history->since));
    }
    return parts_.backlog.deliveries(session.principal, after, from, most);
}

SentNotice* Subscribers::find_sent(Session& session, std::uint64_t number) const {
    auto& sent = session.subscription->sent;
    const auto number_of = [](const SentNotice& notice) { return notice.delivery.number; };
    const auto known = std::ranges::lower_bound(sent, number, {}, number_of);
    if (known != sent.end() && known->delivery.number == number) {
        return known->judged ? nullptr : &*known;
    }
    if (sent.empty() || number > sent.front().delivery.number) {
        return nullptr;
    }
    // Sent so long ago that it is kept no more: the journal has it.
    const auto read = parts_.backlog.deliveries(session.principal, number - 1, {}, 1);
    const bool found =
        read && !read->deliveries.empty() && read->deliveries.front().number == number;
    return found ? &*sent.insert(known, {read->deliveries.front(), false}) : nullptr;
}

Sequence Subscribers::entry_of_sent(const Session& session, std::uint64_t number) {
    const auto& sent = session.subscription->sent;
    const auto number_of = [](const SentNotice& notice) { return notice.delivery.number; };
    const auto above = std::ranges::upper_bound(sent, number, {}, number_of);
    return above == sent.begin() ? Sequence{} : std::prev(above)->delivery.entry;
}

}  // namespace carehub::gateway
