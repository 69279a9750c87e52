#include "hub/gateway/egress.hpp"

#include <algorithm>

#include "hub/base/log.hpp"
#include "hub/codec/limits.hpp"
#include "hub/codec/receipt.hpp"

namespace carehub::gateway {
namespace {

/// Within a bound, and no character cut in two.
std::string cut(std::string text, std::size_t bytes_max) {
    if (text.size() > bytes_max) {
        std::size_t end = bytes_max;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end;
        }
        text.resize(end);
    }
    return text;
}

/// A refusal always reaches the asker, if need be without its end.
Refusal that_fits(Refusal refusal) {
    refusal.field = cut(std::move(refusal.field), kNameBytesMax);
    refusal.fix = cut(std::move(refusal.fix), kFreeTextBytesMax);
    return refusal;
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
    parts.back().refusal = that_fits(answer.refusal);
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
    parts_.subscribers.take(released);
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

Status Egress::take_checkpoint(std::string note, std::string key) {
    checkpoint_ = {checkpoint_.number + 1, std::move(note), std::move(key)};
    Status status;
    parts_.sessions.for_each([&](Session& session) {
        if (status) {
            status = tell_checkpoint(session);
        }
    });
    return status;
}

Status Egress::tell_checkpoint(Session& session) {
    return checkpoint_.number == 0 || session.gone
               ? Status{}
               : send(session, codec::FrameType::Heartbeat, codec::encode_heartbeat(checkpoint_));
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

/// What left can be acknowledged and judged.
void Egress::note_sent(Session& session, const Delivery& delivery) {
    Subscription& subscription = *session.subscription;
    if (subscription.no_acknowledge) {
        return;
    }
    session.sent = std::max(session.sent, delivery.number);
    subscription.sent.push_back({delivery, false});
    if (subscription.sent.size() > kSentKeptMax) {
        subscription.sent.pop_front();
    }
}

Status Egress::send_notices(Session& session) {
    if (!session.subscription) {
        return {};
    }
    Subscription& subscription = *session.subscription;
    auto& waiting = subscription.waiting;
    // What finds no room stays in `waiting`, where it can still be withdrawn.
    while (!waiting.empty() && session.outbox.empty() && !session.gone) {
        codec::FrameWriter writer(codec::FrameType::Notices, 0);
        std::size_t count = 0;
        while (count < waiting.size() && writer.add(waiting[count].bytes)) {
            ++count;
        }
        CAREHUB_CHECK(count > 0, "a notice fits into an empty frame");
        CAREHUB_TRY(const auto sent, parts_.port.send(session.routing_id, writer.finish()));
        if (sent != transport::SendResult::Sent) {
            session.gone = sent == transport::SendResult::Gone;
            return {};
        }
        for (; count > 0; --count) {
            subscription.waiting_bytes -= waiting.front().bytes.size();
            note_sent(session, waiting.front().delivery);
            waiting.pop_front();
        }
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
