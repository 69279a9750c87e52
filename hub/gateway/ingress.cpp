#include "hub/gateway/ingress.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace carehub::gateway {

using codec::FrameType;
using codec::GoodbyeCode;

namespace {

constexpr std::string_view kUnreadable = "A frame does not keep its format.";

/// What partners may ask: about their own events, and for the proof that checkpoints agree.
constexpr std::array<std::string_view, 3> kPartnersQuestions{"fate_of", "checkpoint",
                                                             "consistency"};

Refusal staff_only() {
    return {RefusalReason::NotAllowed, "", "Only links of staff may send commands and questions."};
}

Refusal disk_low() {
    return {RefusalReason::DiskLow, "",
            "The hub's disk is almost full: keep the event and send it again later."};
}

}  // namespace

Status Ingress::take(const transport::Received& message, InputBatch& out) {
    const Principal* principal = parts_.principals.find(message.user_id);
    Session* session = parts_.sessions.find(message.routing_id);
    if (principal == nullptr || (session != nullptr && session->principal != principal->id)) {
        if (session != nullptr) {
            return end(*session, GoodbyeCode::NotAllowed, "This key is not admitted any more.");
        }
        return parts_.egress.say_goodbye(message.routing_id, GoodbyeCode::NotAllowed,
                                         "This key is not admitted.");
    }
    const auto frame = codec::parse_frame(message.bytes);
    if (frame && frame->type == FrameType::Hello) {
        return greet(message, *principal, *frame);
    }
    if (session == nullptr) {
        return frame ? parts_.egress.say_goodbye(message.routing_id, GoodbyeCode::HelloFirst,
                                                 "Begin with Hello: there is no session.")
                     : parts_.egress.say_goodbye(message.routing_id, GoodbyeCode::ProtocolError,
                                                 kUnreadable);
    }
    if (!frame) {
        return end(*session, GoodbyeCode::ProtocolError, kUnreadable);
    }
    session->heard_at = parts_.clock.steady();
    return take_frame(*session, *principal, *frame, out);
}

Status Ingress::greet(const transport::Received& message, const Principal& principal,
                      const codec::Frame& frame) {
    if (const Session* earlier = parts_.sessions.find(message.routing_id)) {
        parts_.sessions.end(earlier->number);
    }
    const auto hello = codec::decode_hello(frame.slices.front());
    if (!hello || hello->nonce == 0 || hello->purpose == codec::Purpose::Unset) {
        return parts_.egress.say_goodbye(message.routing_id, GoodbyeCode::ProtocolError,
                                         "Hello is incomplete.");
    }
    if (hello->protocol_version != codec::kProtocolVersion) {
        return parts_.egress.say_goodbye(message.routing_id, GoodbyeCode::WrongVersion,
                                         "Protocol version 1 is spoken here.");
    }
    const Recall past = judge(principal, *hello);
    if (past == Recall::Lost) {
        return parts_.egress.say_goodbye(message.routing_id, GoodbyeCode::HistoryDiffers,
                                         "The receipt or checkpoint you hold is not of this hub's "
                                         "history: it was set back. Keep "
                                         "everything.");
    }
    Session* session = parts_.sessions.open(message.routing_id, principal.id);
    if (session == nullptr) {
        return parts_.egress.say_goodbye(message.routing_id, GoodbyeCode::TooManySessions,
                                         "End another session first.");
    }
    session->user_id = message.user_id;
    session->purpose = hello->purpose;
    session->heard_at = parts_.clock.steady();
    if (session->purpose == codec::Purpose::Adapter) {
        CAREHUB_TRY_DONE(end_other_adapters(*session));
    }
    return welcome(*session, principal, *hello, past);
}

Recall Ingress::judge(const Principal& principal, const codec::Hello& hello) const {
    if (parts_.history == nullptr || hello.last_sequence == 0) {
        return Recall::Known;
    }
    return parts_.history->judge(principal, Sequence{hello.last_sequence}, hello.last_root);
}

Status Ingress::welcome(Session& session, const Principal& principal, const codec::Hello& hello,
                        Recall past) {
    codec::Welcome welcome;
    welcome.nonce = hello.nonce;
    welcome.hub_id = parts_.facts.hub_id;
    welcome.session = session.number;
    welcome.submit_credit = session.submit.now();
    welcome.time = parts_.clock.now();
    welcome.simulation = parts_.facts.simulation;
    welcome.principal = principal.name;
    welcome.resend = past == Recall::LossAccepted;
    CAREHUB_TRY_DONE(
        parts_.egress.send(session, FrameType::Welcome, codec::encode_welcome(welcome)));
    return parts_.egress.tell_checkpoint(session);
}

Status Ingress::end_other_adapters(const Session& newest) {
    for (Session* other : parts_.sessions.of(newest.principal)) {
        if (other->number != newest.number && other->purpose == codec::Purpose::Adapter &&
            !other->gone) {
            CAREHUB_TRY_DONE(
                end(*other, GoodbyeCode::Replaced, "A newer adapter of this partner took over."));
        }
    }
    return {};
}

Status Ingress::take_frame(Session& session, const Principal& principal, const codec::Frame& frame,
                           InputBatch& out) {
    const ByteView slice = frame.slices.front();
    switch (frame.type) {
        case FrameType::Submit:
        case FrameType::Command: return take_batch(session, principal, frame, out);
        case FrameType::Credit: return take_credit(session, slice);
        case FrameType::Subscribe: return take_subscribe(session, slice);
        case FrameType::Acknowledge: return take_acknowledge(session, slice, out);
        case FrameType::Verdict: return take_verdicts(session, frame, out);
        case FrameType::Question: return take_question(session, principal, slice);
        case FrameType::Heartbeat:
            // The reply has the same table with the same number: the bytes are the answer.
            if (!codec::decode_heartbeat(slice)) {
                return end(session, GoodbyeCode::ProtocolError, "A Heartbeat does not verify.");
            }
            return parts_.egress.send(session, FrameType::HeartbeatReply,
                                      Bytes(slice.begin(), slice.end()));
        case FrameType::HeartbeatReply: return {};
        case FrameType::Goodbye: parts_.sessions.end(session.number); return {};
        case FrameType::Unset:
        case FrameType::Hello:
        case FrameType::Welcome:
        case FrameType::Receipts:
        case FrameType::Notices:
        case FrameType::Answer:
        case FrameType::CaughtUp: break;
    }
    return end(session, GoodbyeCode::ProtocolError, "Only the hub sends this type of frame.");
}

Status Ingress::take_batch(Session& session, const Principal& principal, const codec::Frame& frame,
                           InputBatch& out) {
    const std::uint64_t count = frame.slices.size();
    const bool ascends = frame.first_ticket > session.last_ticket &&
                         frame.first_ticket <= std::numeric_limits<std::uint64_t>::max() - count;
    if (!ascends) {
        return end(session, GoodbyeCode::ProtocolError, "Tickets must ascend from 1.");
    }
    if (!session.submit.take(static_cast<std::uint32_t>(count))) {
        return end(session, GoodbyeCode::CreditExceeded,
                   "More was sent than the hub gave credit for.");
    }
    session.last_ticket = frame.first_ticket + count - 1;
    if (frame.type == FrameType::Submit && lacks_room(session)) {
        return refuse_for_want_of_room(session, frame);
    }
    std::uint64_t ticket = frame.first_ticket;
    for (const ByteView slice : frame.slices) {
        if (frame.type == FrameType::Submit) {
            parts_.maker.submission(session, ticket, slice, out);
        } else if (principal.is_staff()) {
            parts_.maker.command(session, ticket, slice, out);
        } else {
            parts_.maker.refuse(session, ticket, staff_only(), out);
        }
        ++ticket;
    }
    return {};
}

bool Ingress::lacks_room(Session& session) const {
    if (parts_.disk == nullptr) {
        return false;
    }
    const Micros now = parts_.clock.steady();
    if (parts_.disk->is_low()) {
        session.no_room_at = now;
        return true;
    }
    return session.no_room_at && now - *session.no_room_at < kNoRoomHold;
}

/// Answered here and now, without an entry: a refusal that fills the disk would be worse than none.
Status Ingress::refuse_for_want_of_room(const Session& session, const codec::Frame& frame) {
    Released refused;
    for (std::uint64_t i = 0; i < frame.slices.size(); ++i) {
        Receipt receipt;
        receipt.ticket = frame.first_ticket + i;
        receipt.status = ReceiptStatus::Refused;
        receipt.refusal = disk_low();
        refused.receipts.push_back({session.number, std::move(receipt)});
    }
    return parts_.egress.release(refused);
}

Status Ingress::take_credit(Session& session, ByteView slice) {
    const auto credit = codec::decode_credit(slice);
    if (!credit) {
        return end(session, GoodbyeCode::ProtocolError, "A Credit does not verify.");
    }
    session.notices.give(credit->notices);
    return {};
}

Status Ingress::take_subscribe(Session& session, ByteView slice) {
    auto asked = codec::decode_subscribe(slice);
    if (!asked) {
        return end(session, GoodbyeCode::ProtocolError, "A Subscribe does not verify.");
    }
    Subscription subscription;
    subscription.cursor = asked->after;
    subscription.kinds = std::move(asked->kinds);
    subscription.no_acknowledge = asked->no_acknowledge;
    if (asked->history) {
        subscription.history = HistoryWanted{asked->since};
    }
    if (session.subscription) {
        // An answer to the earlier subscription may be on its way; it must not count for this one.
        subscription.stale_answers =
            session.subscription->stale_answers + (session.subscription->asked != 0 ? 1U : 0U);
    }
    session.subscription = std::move(subscription);
    return {};
}

Status Ingress::take_acknowledge(Session& session, ByteView slice, InputBatch& out) {
    const auto acknowledged = codec::decode_acknowledge(slice);
    if (!acknowledged || !session.subscription || session.subscription->no_acknowledge) {
        return end(session, GoodbyeCode::ProtocolError,
                   "Acknowledge needs a subscription that acknowledges.");
    }
    const Sequence entry = Subscribers::entry_of_sent(session, acknowledged->number);
    parts_.maker.acknowledge(session, {acknowledged->number, entry}, slice, out);
    return {};
}

Status Ingress::take_verdicts(Session& session, const codec::Frame& frame, InputBatch& out) {
    if (!session.subscription || session.subscription->no_acknowledge) {
        return end(session, GoodbyeCode::ProtocolError,
                   "A Verdict needs a subscription that acknowledges.");
    }
    for (const ByteView slice : frame.slices) {
        auto told = codec::decode_verdict(slice);
        if (!told || told->outcome == VerdictOutcome::Unset) {
            return end(session, GoodbyeCode::ProtocolError, "A Verdict does not verify.");
        }
        if (told->number == 0 || told->number > session.sent) {
            return end(session, GoodbyeCode::ProtocolError,
                       "A Verdict is about a notice that was not sent in this session.");
        }
        SentNotice* sent = parts_.subscribers.find_sent(session, told->number);
        if (sent == nullptr) {
            continue;  // judged already
        }
        sent->judged = true;
        VerdictInput verdict;
        verdict.delivery = sent->delivery;
        verdict.outcome = told->outcome;
        verdict.reason = told->refusal.reason;
        parts_.maker.verdict(session, std::move(verdict), slice, out);
    }
    return {};
}

Status Ingress::take_question(Session& session, const Principal& principal, ByteView slice) {
    auto question = codec::decode_question(slice);
    if (!question || session.open_questions >= kQuestionsPerSessionMax) {
        return end(session, GoodbyeCode::ProtocolError,
                   "A Question does not verify, or too many are open.");
    }
    if (!principal.is_staff() &&
        std::ranges::find(kPartnersQuestions, question->name) == kPartnersQuestions.end()) {
        return refuse_question(session, question->ticket, staff_only());
    }
    StaffQuestion asked{session.number, question->ticket, principal, std::move(question->name), {}};
    for (codec::Argument& argument : question->arguments) {
        asked.arguments.push_back({std::move(argument.name), std::move(argument.value)});
    }
    if (!parts_.questions.try_push(asked)) {
        return refuse_question(
            session, asked.ticket,
            {RefusalReason::Overloaded, "", "The hub is busy: ask again in a second."});
    }
    ++session.open_questions;
    return {};
}

Status Ingress::refuse_question(Session& session, std::uint64_t ticket, Refusal refusal) {
    codec::AnswerPart part;
    part.ticket = ticket;
    part.refusal = std::move(refusal);
    return parts_.egress.send(session, FrameType::Answer, codec::encode_answer_part(part));
}

Status Ingress::end_silent() {
    const Micros now = parts_.clock.steady();
    Status status;
    parts_.sessions.for_each([&](Session& session) {
        if (status && !session.gone && now - session.heard_at > kHeartbeatTimeoutMax) {
            status = end(session, GoodbyeCode::Silent, "Nothing was heard for 15 seconds.");
        }
    });
    return status;
}

Status Ingress::end(Session& session, GoodbyeCode code, std::string_view text) {
    return parts_.egress.say_goodbye(session, code, text);
}

}  // namespace carehub::gateway
