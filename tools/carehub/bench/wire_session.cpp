#include "tools/carehub/bench/wire_session.hpp"

#include "hub/transport/dealer.hpp"
#include "hub/transport/poller.hpp"

namespace carehub::tool::bench {

using codec::FrameType;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kWelcomeMax{20'000};
constexpr milliseconds kRound{20};
/// A full socket's descriptor tells of room, but only of some: look again after this at the latest.
constexpr milliseconds kCrowdedWait{1};
constexpr milliseconds kGoodbyeLinger{1'000};
constexpr std::uint64_t kNonce = 1;  ///< one session in a connection's life: any but 0 serves

tl::unexpected<Error> said_goodbye(ByteView slice) {
    const auto goodbye = codec::decode_goodbye(slice);
    return fail(ErrorCode::Unavailable,
                "the hub ended the session: " + (goodbye ? goodbye->text : std::string("unread")));
}

}  // namespace

Result<transport::SendResult> send_now(transport::Socket& socket, ByteView frame) {
    CAREHUB_TRY(const auto sent, socket.send(frame, transport::FrameEnd::Last));
    if (sent != transport::SendResult::Full) {
        return sent;
    }
    // A send looks at what the library's own threads told only every few million cycles; asking for
    // events looks at once.
    (void)socket.is_readable();
    return socket.send(frame, transport::FrameEnd::Last);
}

Result<WireSession> WireSession::open(const adapters::LinkFile& link, codec::Purpose purpose) {
    CAREHUB_TRY(auto context, transport::Context::create());
    CAREHUB_TRY(
        auto socket,
        transport::connect_dealer(
            context, {link.endpoint, link.hub_public_key, {link.public_key, link.secret_key}}));
    WireSession session(std::move(context), std::move(socket));
    CAREHUB_TRY_DONE(session.greet(purpose));
    return session;
}

Status WireSession::greet(codec::Purpose purpose) {
    CAREHUB_TRY_DONE(send(FrameType::Hello, codec::encode_hello({kNonce, codec::kProtocolVersion,
                                                                 purpose, "bench"})));
    const Micros begin = clock_.steady();
    while (submit_credit_ == 0) {
        if (clock_.steady() - begin > kWelcomeMax) {
            return fail(ErrorCode::Timeout, "the hub did not say Welcome");
        }
        CAREHUB_TRY_DONE(poll(kRound, [this](const codec::Frame& frame) -> Status {
            if (frame.type == FrameType::Welcome) {
                CAREHUB_TRY(const auto welcome, codec::decode_welcome(frame.slices.front()));
                submit_credit_ = welcome.submit_credit;
            }
            return {};
        }));
    }
    return {};
}

Status WireSession::send(Bytes frame) {
    waiting_.push_back(std::move(frame));
    return flush();
}

Status WireSession::send(FrameType type, const Result<Bytes>& slice) {
    CAREHUB_TRY(const Bytes bytes, slice);
    CAREHUB_TRY(Bytes frame, codec::frame_of(type, bytes));
    return send(std::move(frame));
}

Status WireSession::poll(milliseconds timeout, const FrameSink& sink) {
    CAREHUB_TRY_DONE(flush());
    CAREHUB_TRY(const bool came, read(sink));
    if (came || timeout == milliseconds{0}) {
        return keep_alive();
    }
    transport::Poller poller;
    if (is_crowded()) {
        poller.add_fd(socket_.fd());  // wakes for room as well as for frames
    } else {
        poller.add(socket_);
    }
    CAREHUB_TRY([[maybe_unused]] const bool woken,
                poller.wait(is_crowded() ? std::min(timeout, kCrowdedWait) : timeout));
    CAREHUB_TRY([[maybe_unused]] const bool later, read(sink));
    CAREHUB_TRY_DONE(flush());
    return keep_alive();
}

Result<bool> WireSession::read(const FrameSink& sink) {
    for (bool came = false;; came = true) {
        CAREHUB_TRY(const auto received, socket_.receive());
        if (!received) {
            return came;
        }
        CAREHUB_TRY(const codec::Frame frame, codec::parse_frame(received->bytes));
        CAREHUB_TRY_DONE(take(frame, sink));
    }
}

Status WireSession::take(const codec::Frame& frame, const FrameSink& sink) {
    if (frame.type == FrameType::Goodbye) {
        return said_goodbye(frame.slices.front());
    }
    if (frame.type == FrameType::Heartbeat) {
        const ByteView slice = frame.slices.front();
        return send(FrameType::HeartbeatReply, Bytes(slice.begin(), slice.end()));
    }
    return sink(frame);
}

Status WireSession::flush() {
    while (!waiting_.empty()) {
        CAREHUB_TRY(const auto sent, send_now(socket_, waiting_.front()));
        if (sent != transport::SendResult::Sent) {
            return {};
        }
        waiting_.pop_front();
        spoke_at_ = clock_.steady();
    }
    return {};
}

Status WireSession::keep_alive() {
    const bool is_due = clock_.steady() - spoke_at_ > kHeartbeatInterval && !is_crowded();
    return is_due && submit_credit_ > 0
               ? send(FrameType::Heartbeat, codec::encode_heartbeat({kNonce}))
               : Status{};
}

Status WireSession::leave() {
    CAREHUB_TRY_DONE(socket_.linger(kGoodbyeLinger));
    return send(FrameType::Goodbye, codec::encode_goodbye({codec::GoodbyeCode::Leaving, ""}));
}

}  // namespace carehub::tool::bench
