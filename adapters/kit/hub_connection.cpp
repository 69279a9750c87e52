#include "adapters/kit/hub_connection.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "hub/base/check.hpp"
#include "hub/base/log.hpp"
#include "hub/codec/notice.hpp"
#include "hub/codec/receipt.hpp"
#include "hub/transport/dealer.hpp"
#include "hub/transport/poller.hpp"

namespace carehub::adapters {

using codec::FrameType;
using codec::GoodbyeCode;
using std::chrono::milliseconds;

namespace {

constexpr std::chrono::milliseconds kGoodbyeLinger{250};

constexpr Micros kPauseFirst = milliseconds{100};
constexpr Micros kPauseLast = milliseconds{5'000};
/// Between two Hellos to a hub that was set back (PROTOCOL.md, HistoryDiffers).
constexpr Micros kHistoryPause = milliseconds{5'000};
/// Of the one question a connection asks by itself; its users count theirs from 1.
constexpr std::uint64_t kProofTicket = std::numeric_limits<std::uint64_t>::max();
/// A full socket does not tell when it has room again.
constexpr milliseconds kCrowdedWait{2};
constexpr milliseconds kTimerWait{100};

/// Only a fault of the hub sends what does not decode: begin again with a new session.
constexpr std::string_view kHubFault = "the hub sent something that cannot be read";

}  // namespace

Result<HubConnection> HubConnection::open(ConnectionOptions options) {
    if (options.link.endpoint.empty()) {
        return fail(ErrorCode::Invalid,
                    "the link file names no endpoint: start the hub, or give one");
    }
    CAREHUB_TRY(auto context, transport::Context::create());
    HubConnection connection(std::move(options), std::move(context));
    CAREHUB_TRY_DONE(connection.greet());
    return connection;
}

std::uint64_t HubConnection::queue(FrameType type, Bytes slice) {
    CAREHUB_CHECK(credit() > 0, "sending needs credit");
    --credit_;
    waiting_.push_back({type, ++last_ticket_, std::move(slice)});
    return last_ticket_;
}

Status HubConnection::send(FrameType type, const Result<Bytes>& slice) {
    CAREHUB_CHECK(is_open(), "a control message needs a session");
    return put(type, slice);
}

Status HubConnection::put(FrameType type, const Result<Bytes>& slice) {
    frame_waiting();
    CAREHUB_TRY(const Bytes bytes, slice);
    CAREHUB_TRY(Bytes frame, codec::frame_of(type, bytes));
    frames_.push_back(std::move(frame));
    return flush();
}

Status HubConnection::send_batch(FrameType type, std::span<const Bytes> slices) {
    CAREHUB_CHECK(is_open(), "a control message needs a session");
    frame_waiting();
    codec::FrameWriter writer(type, 0);
    for (const Bytes& slice : slices) {
        if (!writer.add(slice)) {
            frames_.push_back(writer.finish());
            CAREHUB_CHECK(writer.add(slice), "one message fits into an empty frame");
        }
    }
    if (writer.count() > 0) {
        frames_.push_back(writer.finish());
    }
    return flush();
}

Status HubConnection::subscribe(const codec::Subscribe& subscription, std::uint32_t credit) {
    newest_notice_ = 0;
    CAREHUB_TRY_DONE(send(FrameType::Subscribe, codec::encode_subscribe(subscription)));
    return give_notice_credit(credit);
}

Status HubConnection::give_notice_credit(std::uint32_t notices) {
    return is_open() ? send(FrameType::Credit, codec::encode_credit({notices})) : Status{};
}

Status HubConnection::acknowledge(std::uint64_t number) {
    return is_open() ? send(FrameType::Acknowledge, codec::encode_acknowledge({number})) : Status{};
}

Status HubConnection::tell_verdicts(std::span<const codec::Verdict> verdicts) {
    std::vector<Bytes> slices;
    for (const codec::Verdict& verdict : verdicts) {
        if (verdict.number > newest_notice_) {
            continue;  // of a session that ended
        }
        CAREHUB_TRY(Bytes slice, codec::encode_verdict(verdict));
        slices.push_back(std::move(slice));
    }
    return is_open() ? send_batch(FrameType::Verdict, slices) : Status{};
}

/// Whatever is queued goes before what follows.
void HubConnection::frame_waiting() {
    while (!waiting_.empty()) {
        frames_.push_back(next_batch());
    }
}

Result<ConnectionNews> HubConnection::poll(milliseconds timeout) {
    const Micros until = clock_.steady() + timeout;
    ConnectionNews news;
    for (;;) {
        CAREHUB_TRY_DONE(step(news));
        const auto left = std::chrono::ceil<milliseconds>(until - clock_.steady());
        if (!news.empty() || left <= milliseconds{0}) {
            return news;
        }
        transport::Poller poller;
        if (socket_) {
            poller.add(*socket_);
        }
        CAREHUB_TRY([[maybe_unused]] const bool woken, poller.wait(std::min(left, wait_max())));
    }
}

void HubConnection::leave() {
    if (is_open() && frames_.empty()) {
        // A session that ends silently counts against its principal until the hub's timeout.
        [[maybe_unused]] const auto stays = socket_->linger(kGoodbyeLinger);
        [[maybe_unused]] const auto told =
            send(FrameType::Goodbye, codec::encode_goodbye({GoodbyeCode::Leaving, ""}));
    }
    lose();
}

Status HubConnection::step(ConnectionNews& news) {
    if (state_ == State::Pausing && clock_.steady() >= retry_at_) {
        CAREHUB_TRY_DONE(greet());
    }
    if (state_ == State::Pausing) {
        return {};
    }
    CAREHUB_TRY_DONE(read(news));
    CAREHUB_TRY_DONE(keep_alive());
    return flush();
}

Status HubConnection::greet() {
    std::array<std::uint8_t, sizeof nonce_> drawn{};
    random_.fill(drawn);
    std::memcpy(&nonce_, drawn.data(), sizeof nonce_);
    nonce_ |= 1U;  // 0 is no nonce
    CAREHUB_TRY(auto socket, transport::connect_dealer(
                                 context_, {options_.link.endpoint,
                                            options_.link.hub_public_key,
                                            {options_.link.public_key, options_.link.secret_key}}));
    socket_.emplace(std::move(socket));
    const LastReceipt known = newest_known();
    CAREHUB_TRY(const Bytes hello,
                codec::encode_hello({nonce_, codec::kProtocolVersion, options_.purpose,
                                     options_.software, known.sequence, known.root}));
    CAREHUB_TRY(Bytes frame, codec::frame_of(FrameType::Hello, hello));
    frames_.push_back(std::move(frame));
    state_ = State::Greeting;
    greeted_at_ = clock_.steady();
    return flush();
}

/// The receipt, or a checkpoint that is larger: both are the size and root of a tree.
LastReceipt HubConnection::newest_known() const {
    const auto& checkpoints = options_.checkpoints;
    if (!checkpoints || checkpoints->old_size() <= options_.last_receipt.sequence) {
        return options_.last_receipt;
    }
    return {checkpoints->held()->head.size, checkpoints->held()->head.root};
}

void HubConnection::lose() {
    socket_.reset();
    state_ = State::Pausing;
    pause_ = std::clamp(2 * pause_, kPauseFirst, kPauseLast);
    retry_at_ = clock_.steady() + pause_;
    credit_ = 0;
    last_ticket_ = 0;
    newest_notice_ = 0;
    proof_asked_ = false;
    waiting_.clear();
    frames_.clear();
}

Status HubConnection::read(ConnectionNews& news) {
    while (socket_) {
        CAREHUB_TRY(const auto received, socket_->receive());
        if (!received) {
            return {};
        }
        heard_at_ = clock_.steady();
        const auto frame =
            received->more ? Result<codec::Frame>(fail(ErrorCode::Invalid, std::string(kHubFault)))
                           : codec::parse_frame(received->bytes);
        if (!frame) {
            lose();
            return {};
        }
        CAREHUB_TRY_DONE(take(*frame, news));
    }
    return {};
}

Status HubConnection::take(const codec::Frame& frame, ConnectionNews& news) {
    const ByteView slice = frame.slices.front();
    if (frame.type == FrameType::Goodbye) {
        return take_goodbye(slice);
    }
    if (frame.type == FrameType::Welcome) {
        return take_welcome(slice, news);
    }
    if (!has_session()) {
        return {};  // a leftover of an ended session
    }
    if (frame.type == FrameType::Heartbeat) {
        return take_heartbeat(slice, news);
    }
    bool readable = true;
    if (frame.type == FrameType::Receipts) {
        for (const ByteView one : frame.slices) {
            auto receipt = codec::decode_receipt(one);
            readable = readable && receipt;
            if (receipt) {
                ++credit_;
                news.receipts.push_back(std::move(*receipt));
            }
        }
    } else if (frame.type == FrameType::Notices) {
        for (const ByteView one : frame.slices) {
            auto notice = codec::decode_notice(one);
            readable = readable && notice;
            if (notice) {
                newest_notice_ = std::max(newest_notice_, notice->number);
                news.notices.push_back(std::move(*notice));
            }
        }
    } else if (frame.type == FrameType::CaughtUp) {
        readable = codec::decode_caught_up(slice).has_value();
        news.caught_up = readable;
    } else if (frame.type == FrameType::Answer) {
        auto part = codec::decode_answer_part(slice);
        readable = part.has_value();
        if (part && part->ticket == kProofTicket) {
            return take_proof(*part, news);
        }
        if (part) {
            news.answers.push_back(std::move(*part));
        }
    }
    if (!readable) {
        lose();
    }
    return {};
}

Status HubConnection::take_welcome(ByteView slice, ConnectionNews& news) {
    const auto welcome = codec::decode_welcome(slice);
    if (!welcome || welcome->nonce != nonce_ || state_ != State::Greeting) {
        return {};
    }
    welcome_ = *welcome;
    credit_ = welcome->submit_credit;
    pause_ = Micros{0};
    spoke_at_ = clock_.steady();
    if (welcome_.resend && options_.checkpoints) {
        CAREHUB_TRY_DONE(options_.checkpoints->forget());
    }
    const bool doubted = options_.checkpoints && !options_.checkpoints->trouble().empty();
    if (doubted) {
        state_ = State::Doubting;
    } else {
        open_session(news);
    }
    return {};
}

void HubConnection::open_session(ConnectionNews& news) {
    state_ = State::Open;
    news.opened = true;
    news.resend = welcome_.resend;
    trouble_.clear();
}

Status HubConnection::take_heartbeat(ByteView slice, ConnectionNews& news) {
    const auto heartbeat = codec::decode_heartbeat(slice);
    if (!heartbeat) {
        lose();
        return {};
    }
    CAREHUB_TRY_DONE(put(FrameType::HeartbeatReply, codec::encode_heartbeat({heartbeat->number})));
    if (heartbeat->checkpoint.empty() || !options_.checkpoints || proof_asked_ || !socket_) {
        return {};
    }
    CAREHUB_TRY(const auto next,
                options_.checkpoints->take(heartbeat->checkpoint, heartbeat->checkpoint_key));
    return judge(next, news);
}

Status HubConnection::take_proof(const codec::AnswerPart& part, ConnectionNews& news) {
    if (!proof_asked_ || !options_.checkpoints || part.more) {
        return {};
    }
    proof_asked_ = false;
    if (part.refusal.reason == RefusalReason::Overloaded) {
        return {};  // the next checkpoint asks again
    }
    auto next = options_.checkpoints->refused();
    if (part.refusal.reason == RefusalReason::None && part.lines.size() == 1) {
        CAREHUB_TRY(next, options_.checkpoints->proven_by(part.lines.front()));
    }
    return judge(next, news);
}

Status HubConnection::judge(CheckpointMemory::Next next, ConnectionNews& news) {
    const CheckpointMemory& checkpoints = *options_.checkpoints;
    switch (next) {
        case CheckpointMemory::Next::Nothing:
            if (state_ == State::Doubting) {
                open_session(news);
            }
            return {};
        case CheckpointMemory::Next::Ask:
            proof_asked_ = true;
            return put(
                FrameType::Question,
                codec::encode_question({kProofTicket,
                                        "consistency",
                                        {{"old_size", std::to_string(checkpoints.old_size())},
                                         {"new_size", std::to_string(checkpoints.new_size())}}}));
        case CheckpointMemory::Next::Differs: break;
    }
    lose();
    wait_for_people(checkpoints.trouble());
    return {};
}

Status HubConnection::take_goodbye(ByteView slice) {
    const auto goodbye = codec::decode_goodbye(slice);
    lose();
    if (!goodbye) {
        return {};
    }
    if (goodbye->code == GoodbyeCode::HelloFirst) {
        retry_at_ = clock_.steady();
    }
    if (goodbye->code == GoodbyeCode::HistoryDiffers) {
        wait_for_people("the hub's history does not hold the receipt or checkpoint of entry " +
                        std::to_string(newest_known().sequence) +
                        ", which this adapter holds: the hub was set back");
    }
    if (goodbye->code == GoodbyeCode::Replaced) {
        return fail(ErrorCode::AnotherWriter, "another adapter uses this link: only one may run");
    }
    if (goodbye->code == GoodbyeCode::WrongVersion) {
        return fail(ErrorCode::Unsupported,
                    "the hub speaks another protocol version: upgrade the older side");
    }
    if (goodbye->code == GoodbyeCode::NotAllowed) {
        return fail(ErrorCode::Unavailable,
                    "the hub does not admit this link any more: ask its operator");
    }
    return {};
}

/// Nothing the adapter does can heal it; when the hub's operator has accepted it, the hub takes us.
void HubConnection::wait_for_people(std::string why) {
    retry_at_ = clock_.steady() + kHistoryPause;
    if (trouble_.empty()) {
        log::error("link",
                   why +
                       ". Nothing is sent until its operator has restored the newest backup or "
                       "accepted the gap (`carehub doctor` at the hub tells); everything is "
                       "kept, and tried every 5 seconds");
    }
    trouble_ = std::move(why);
}

Status HubConnection::keep_alive() {
    const Micros now = clock_.steady();
    if (state_ == State::Greeting && now - greeted_at_ > kHelloAnswerMax) {
        lose();
    } else if (has_session() && now - heard_at_ > kHeartbeatTimeoutMax) {
        lose();
    } else if (has_session() && now - spoke_at_ > kHeartbeatInterval) {
        return put(FrameType::Heartbeat, codec::encode_heartbeat({last_ticket_}));
    }
    return {};
}

Status HubConnection::flush() {
    while (socket_ && (!frames_.empty() || !waiting_.empty())) {
        if (frames_.empty()) {
            frames_.push_back(next_batch());
        }
        CAREHUB_TRY(const auto sent, socket_->send(frames_.front(), transport::FrameEnd::Last));
        if (sent != transport::SendResult::Sent) {
            return {};
        }
        spoke_at_ = clock_.steady();
        frames_.pop_front();
    }
    return {};
}

Bytes HubConnection::next_batch() {
    const FrameType type = waiting_.front().type;
    codec::FrameWriter writer(type, waiting_.front().ticket);
    while (!waiting_.empty() && waiting_.front().type == type &&
           writer.add(waiting_.front().slice)) {
        waiting_.pop_front();
    }
    return writer.finish();
}

milliseconds HubConnection::wait_max() const { return frames_.empty() ? kTimerWait : kCrowdedWait; }

}  // namespace carehub::adapters
