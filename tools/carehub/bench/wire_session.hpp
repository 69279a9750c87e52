// A lean client of the wire (schemas/PROTOCOL.md): one session, frames given whole, frames handed
// out whole. A partner's own program could be it; the adapters' kit packs frames by itself, and
// here how many events a message carries is what is measured.
//
// Contract: open() waits for the Welcome. Frames leave in order; while is_crowded() the socket has
// no room and the caller sends nothing more. Heartbeats are kept. There is no second try: a lost
// session is an error.
// Errors: Timeout, Unavailable with the hub's words, Invalid for a frame that cannot be read.
// Threads: confined to one thread.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>

#include "adapters/kit/link_file.hpp"
#include "hub/base/clock.hpp"
#include "hub/codec/control.hpp"
#include "hub/codec/frame.hpp"
#include "hub/transport/context.hpp"
#include "hub/transport/socket.hpp"

namespace carehub::tool::bench {

/// Takes one frame; its slices are views that end with the call.
using FrameSink = std::function<Status(const codec::Frame&)>;

/// Full only when the socket has no room at this very moment.
[[nodiscard]] Result<transport::SendResult> send_now(transport::Socket& socket, ByteView frame);

class WireSession {
public:
    [[nodiscard]] static Result<WireSession> open(const adapters::LinkFile& link,
                                                  codec::Purpose purpose);

    [[nodiscard]] std::uint32_t submit_credit() const { return submit_credit_; }
    [[nodiscard]] Status send(Bytes frame);
    /// One control message in its frame.
    [[nodiscard]] Status send(codec::FrameType type, const Result<Bytes>& slice);
    [[nodiscard]] bool is_crowded() const { return !waiting_.empty(); }

    /// Hands out every frame that is there; waits up to `timeout` for the first.
    [[nodiscard]] Status poll(std::chrono::milliseconds timeout, const FrameSink& sink);
    [[nodiscard]] Status leave();

private:
    WireSession(transport::Context context, transport::Socket socket)
        : context_(std::move(context)), socket_(std::move(socket)) {}
    [[nodiscard]] Status greet(codec::Purpose purpose);
    [[nodiscard]] Result<bool> read(const FrameSink& sink);
    [[nodiscard]] Status take(const codec::Frame& frame, const FrameSink& sink);
    [[nodiscard]] Status flush();
    [[nodiscard]] Status keep_alive();

    transport::Context context_;
    transport::Socket socket_;  // after the context: closed before it
    SystemClock clock_;
    std::deque<Bytes> waiting_;
    std::uint32_t submit_credit_ = 0;
    Micros spoke_at_{0};
};

}  // namespace carehub::tool::bench
