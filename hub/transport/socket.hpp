// One ZeroMQ socket with calls that return instead of throwing and never wait.
//
// Contract: options are set before bind or connect. Nothing here blocks; waiting is Poller's work.
// Threads: confined to the thread that uses it first, until hand_over().
// Lifetime: the Context outlives it.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/base/thread_owner.hpp"
#include "hub/transport/context.hpp"

namespace carehub::transport {

enum class SocketKind : std::uint8_t { Router, Dealer, Rep, Req };

/// What became of a frame given to send(). `Sent` means queued in memory, no more.
enum class SendResult : std::uint8_t {
    Sent,
    Full,  ///< the peer's queue is full: keep the frame and try later
    Gone,  ///< no such peer
};

enum class FrameEnd : std::uint8_t { Last, More };

struct ReceivedFrame {
    Bytes bytes;
    bool more = false;
    std::string user_id;  ///< set by the ZAP handler for this connection; empty when there is none
};

class Socket {
public:
    /// LINGER is 0 from the start: an unsent frame is the owner's to keep, not the socket's.
    [[nodiscard]] static Result<Socket> create(const Context& context, SocketKind kind);

    [[nodiscard]] Status set(int option, int value);
    [[nodiscard]] Status set(int option, ByteView value);

    /// Endpoints other than tcp://, ipc:// and inproc:// are refused (Unsupported).
    [[nodiscard]] Status bind(const std::string& endpoint);
    [[nodiscard]] Status connect(const std::string& endpoint);
    /// The endpoint as bound, with the port the system chose.
    [[nodiscard]] Result<std::string> bound_endpoint() const;

    [[nodiscard]] Result<SendResult> send(ByteView frame, FrameEnd end);
    /// One frame, if one is there.
    [[nodiscard]] Result<std::optional<ReceivedFrame>> receive();
    /// Takes the rest of a message whose first frames are of no use.
    [[nodiscard]] Status drop_rest();

    [[nodiscard]] bool is_readable() const;
    /// Edge-triggered: after it fires, ask is_readable() until it says no.
    [[nodiscard]] int fd() const;
    [[nodiscard]] void* handle() const { return handle_.get(); }
    /// The next thread that uses it owns it. The two threads must already be ordered (a started
    /// thread, a joined one): libzmq asks for a full fence between them.
    void hand_over() { owner_.release(); }
    /// What was sent last may still leave for this long after the socket closes.
    [[nodiscard]] Status linger(std::chrono::milliseconds time);

private:
    struct Close {
        void operator()(void* handle) const noexcept;
    };
    explicit Socket(void* handle) : handle_(handle) {}

    std::unique_ptr<void, Close> handle_;
    ThreadOwner owner_;
};

}  // namespace carehub::transport
