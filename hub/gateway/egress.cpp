#include "hub/gateway/egress.hpp"

#include <algorithm>
#include <set>

#include "hub/base/log.hpp"
#include "hub/codec/limits.hpp"
#include "hub/codec/notice.hpp"
#include "hub/codec/receipt.hpp"

namespace carehub::gateway {
namespace {

bool wants(const Subscription& subscription, EventKind kind) {
    return subscription.kinds.empty() ||
           std::ranges::find(subscription.kinds, kind) != subscription.kinds.end();
}

/// Parts of an answer, each within a frame.
std::vector<codec::AnswerPart> split(const StaffAnswer& answer) {
    std::vector<codec::AnswerPart> parts(1);
    std::size_t bytes = 0;
    for (const std::string& line : answer.lines) {
        constexpr std::size_t kLineOverhead =
            16;  // length, offset and padding of a FlatBuffers string
        const bool is_full =
            parts.back().lines.size() >= codec::kAnswerLinesMax ||
            bytes + line.size() + kLineOverhead > kBatchBytesMax - kFreeTextBytesMax * 4;
        if (is_full && !parts.back().lines.empty()) {
            parts.back().more = true;
            parts.emplace_back();
            bytes = 0;
        }
        parts.back().lines.push_back(line);
        bytes += line.size() + kLineOverhead;
    }
    parts.back().refusal = answer.refusal;
    for (codec::AnswerPart& part : parts) {
        part.ticket = answer.ticket;
    }
    return parts;
}

StaffAnswer without_long_lines(const StaffAnswer& answer) {
    const auto is_long = [](const std::string& line) {
        return line.size() > codec::kAnswerLineBytesMax;
    };
    if (std::ranges::none_of(answer.lines, is_long)) {
        return answer;
    }
    return {
        answer.session,
        answer.ticket,
        {},
        {RefusalReason::TooLarge, "lines", "One line of the answer is too long: ask for less."}};
}

}  // namespace

Status Egress::release(const Released& released) {
    take_receipts(released.receipts);
    // Answers about the past first: what is live continues where they end.
    for (const Resumed& resumed : released.resumed) {
        resume(resumed, released);
    }
    deliver_live(released);
    return flush();
}

void Egress::take_receipts(const std::vector<PendingReceipt>& receipts) {
    for (const auto& [number, receipt] : receipts) {
        Session* session = parts_.sessions.find(number);
        if (session == nullptr || session->gone) {
            continue;  // its client will repeat the submission and be told Duplicate
        }
        auto bytes = codec::encode_receipt(receipt);
        if (!bytes) {
            log::error("gateway", "a receipt does not encode: " + to_string(bytes.error()));
            session->gone = true;
            continue;
        }
        session->submit.give(1);
        session->receipts.push_back(std::move(*bytes));
    }
}

void Egress::resume(const Resumed& resumed, const Released& released) {
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
    bool had_credit = true;
    for (const Delivery& delivery : resumed.deliveries) {
        had_credit = offer(*session, delivery, released);
        if (!had_credit) {
            break;
        }
    }
    subscription.behind = !had_credit || resumed.deliveries.size() >= asked;
}

void Egress::deliver_live(const Released& released) {
    std::set<std::pair<PartnerId, std::uint64_t>> withdrawn;
    for (const Delivery& delivery : released.deliveries) {
        if (delivery.state == DeliveryState::Withdrawn) {
            withdrawn.emplace(delivery.recipient, delivery.number);
            for (Session* session : parts_.sessions.of(delivery.recipient)) {
                withdraw(*session, delivery);
            }
        }
    }
    for (const Delivery& delivery : released.deliveries) {
        if (delivery.state != DeliveryState::Queued ||
            withdrawn.contains({delivery.recipient, delivery.number})) {
            continue;
        }
        for (Session* session : parts_.sessions.of(delivery.recipient)) {
            if (session->subscription && !session->subscription->behind) {
                session->subscription->behind = !offer(*session, delivery, released);
            }
        }
    }
}

/// What waits for room must not leave any more.
void Egress::withdraw(Session& session, const Delivery& delivery) {
    if (!session.subscription) {
        return;
    }
    auto& waiting = session.subscription->waiting;
    const auto found =
        std::ranges::lower_bound(waiting, delivery.number, {}, &WaitingNotice::number);
    if (found != waiting.end() && found->number == delivery.number) {
        session.subscription->waiting_bytes -= found->bytes.size();
        waiting.erase(found);
        session.notices.give(1);
    }
}

bool Egress::offer(Session& session, const Delivery& delivery, const Released& released) {
    Subscription& subscription = *session.subscription;
    const Principal* reader = parts_.principals.find(session.principal);
    if (reader == nullptr || delivery.number <= subscription.cursor) {
        return true;
    }
    if (session.notices.now() == 0 || subscription.waiting_bytes >= kWaitingBytesMax) {
        return false;
    }
    subscription.cursor = delivery.number;
    const auto entry = entry_of(delivery.entry, released);
    auto notice = entry ? render_notice(**entry, delivery, *reader, parts_.sources)
                        : Result<Notice>(tl::unexpected(entry.error()));
    if (notice && !wants(subscription, notice->kind)) {
        return true;
    }
    auto bytes =
        notice ? codec::encode_notice(*notice) : Result<Bytes>(tl::unexpected(notice.error()));
    if (!bytes) {
        // It stays owed: a later subscription asks for it again.
        log::error("gateway", "notice " + std::to_string(delivery.number) + " of partner " +
                                  std::to_string(delivery.recipient.value) +
                                  " not sent: " + to_string(bytes.error()));
        return true;
    }
    CAREHUB_CHECK(session.notices.take(1), "credit was there a moment ago");
    subscription.waiting_bytes += bytes->size();
    subscription.waiting.push_back({delivery.number, std::move(*bytes)});
    return true;
}

Result<EntryPtr> Egress::entry_of(Sequence sequence, const Released& released) const {
    const auto found = std::ranges::lower_bound(
        released.entries, sequence, {}, [](const EntryPtr& entry) { return entry->sequence; });
    if (found != released.entries.end() && (*found)->sequence == sequence) {
        return *found;
    }
    return parts_.backlog.entry(sequence);
}

Status Egress::answer(const StaffAnswer& answer) {
    Session* session = parts_.sessions.find(answer.session);
    if (session == nullptr || session->gone) {
        return {};
    }
    session->open_questions -= std::min<std::uint32_t>(session->open_questions, 1);
    for (const codec::AnswerPart& part : split(without_long_lines(answer))) {
        CAREHUB_TRY_DONE(send(*session, codec::FrameType::Answer, codec::encode_answer_part(part)));
    }
    return {};
}

Status Egress::flush() {
    Status status;
    waiting_ = false;
    parts_.sessions.for_each([&](Session& session) {
        if (!status || session.gone) {
            return;
        }
        status = send_outbox(session);
        if (status) {
            status = send_receipts(session);
        }
        if (status) {
            status = send_notices(session);
        }
        const bool holds_notices = session.subscription && !session.subscription->waiting.empty();
        waiting_ = waiting_ || (!session.gone && (!session.outbox.empty() || holds_notices));
    });
    return status;
}

void Egress::ask_for_backlog(InputMaker& maker, InputBatch& out) {
    parts_.sessions.for_each([&](Session& session) {
        if (session.gone || !session.subscription) {
            return;
        }
        Subscription& subscription = *session.subscription;
        if (!subscription.behind || subscription.asked != 0 || session.notices.now() == 0 ||
            !subscription.waiting.empty()) {
            return;
        }
        subscription.asked = std::min(session.notices.now(), kResumeCountMax);
        maker.resume(session, {subscription.cursor, subscription.asked}, out);
    });
}

Status Egress::send(Session& session, codec::FrameType type, const Result<Bytes>& slice) {
    auto frame = slice ? codec::frame_of(type, *slice) : slice;
    if (!frame) {
        log::error("gateway", "a control message does not encode: " + to_string(frame.error()));
        session.gone = true;
        return {};
    }
    return send_frame(session, std::move(*frame));
}

Status Egress::say_goodbye(Session& session, codec::GoodbyeCode code, std::string_view text) {
    session.gone = true;
    return say_goodbye(session.routing_id, code, text);
}

Status Egress::say_goodbye(const std::string& routing_id, codec::GoodbyeCode code,
                           std::string_view text) {
    CAREHUB_TRY(const Bytes slice, codec::encode_goodbye({code, std::string(text)}));
    CAREHUB_TRY(const Bytes frame, codec::frame_of(codec::FrameType::Goodbye, slice));
    // Full or gone: the client learns it by its own timeout.
    CAREHUB_TRY([[maybe_unused]] const auto sent, parts_.port.send(routing_id, frame));
    return {};
}

Status Egress::send_frame(Session& session, Bytes frame) {
    if (session.gone) {
        return {};
    }
    auto sent = transport::SendResult::Full;
    if (session.outbox.empty()) {
        CAREHUB_TRY(sent, parts_.port.send(session.routing_id, frame));
    }
    switch (sent) {
        case transport::SendResult::Sent: return {};
        case transport::SendResult::Gone: session.gone = true; return {};
        case transport::SendResult::Full: break;
    }
    session.outbox.push_back(std::move(frame));
    waiting_ = true;
    session.gone = session.outbox.size() > kOutboxFramesMax;
    return {};
}

Status Egress::send_outbox(Session& session) {
    while (!session.outbox.empty()) {
        CAREHUB_TRY(const auto sent, parts_.port.send(session.routing_id, session.outbox.front()));
        if (sent != transport::SendResult::Sent) {
            session.gone = sent == transport::SendResult::Gone;
            return {};
        }
        session.outbox.pop_front();
    }
    return {};
}

Status Egress::send_receipts(Session& session) {
    codec::FrameWriter writer(codec::FrameType::Receipts, 0);
    for (const Bytes& receipt : std::exchange(session.receipts, {})) {
        if (writer.add(receipt)) {
            continue;
        }
        CAREHUB_TRY_DONE(send_frame(session, writer.finish()));
        CAREHUB_CHECK(writer.add(receipt), "a receipt fits into an empty frame");
    }
    return writer.count() == 0 ? Status{} : send_frame(session, writer.finish());
}

Status Egress::send_notices(Session& session) {
    if (!session.subscription) {
        return {};
    }
    Subscription& subscription = *session.subscription;
    auto& waiting = subscription.waiting;
    while (!waiting.empty() && session.outbox.empty() && !session.gone) {
        codec::FrameWriter writer(codec::FrameType::Notices, 0);
        while (!waiting.empty() && writer.add(waiting.front().bytes)) {
            subscription.waiting_bytes -= waiting.front().bytes.size();
            waiting.pop_front();
        }
        CAREHUB_CHECK(writer.count() > 0, "a notice fits into an empty frame");
        CAREHUB_TRY_DONE(send_frame(session, writer.finish()));
    }
    return tell_caught_up(session);
}

Status Egress::tell_caught_up(Session& session) {
    Subscription& subscription = *session.subscription;
    if (subscription.behind || subscription.told_caught_up || session.gone ||
        !subscription.waiting.empty()) {
        return {};
    }
    subscription.told_caught_up = true;
    return send(session, codec::FrameType::CaughtUp,
                codec::encode_caught_up({subscription.cursor}));
}

}  // namespace carehub::gateway
