#include "hub/transport/socket.hpp"

#include <array>
#include <cerrno>

#include <zmq.h>

namespace carehub::transport {
namespace {

int type_of(SocketKind kind) {
    switch (kind) {
        case SocketKind::Router: return ZMQ_ROUTER;
        case SocketKind::Dealer: return ZMQ_DEALER;
        case SocketKind::Rep: return ZMQ_REP;
        case SocketKind::Req: return ZMQ_REQ;
    }
    return ZMQ_DEALER;
}

tl::unexpected<Error> fail_zmq(ErrorCode code, std::string what) {
    return fail(code, std::move(what) + ": " + zmq_strerror(zmq_errno()));
}

/// libzmq of Debian speaks more transports than this house trusts.
bool is_allowed(const std::string& endpoint) {
    return endpoint.starts_with("tcp://") || endpoint.starts_with("ipc://") ||
           endpoint.starts_with("inproc://");
}

Status check_endpoint(const std::string& endpoint) {
    if (!is_allowed(endpoint)) {
        return fail(ErrorCode::Unsupported,
                    "endpoint is not tcp://, ipc:// or inproc://: " + endpoint);
    }
    return {};
}

struct ZmqMessage {
    zmq_msg_t message{};
    ZmqMessage() { zmq_msg_init(&message); }
    ~ZmqMessage() { zmq_msg_close(&message); }
    ZmqMessage(const ZmqMessage&) = delete;
    ZmqMessage& operator=(const ZmqMessage&) = delete;
};

std::string user_id_of(const zmq_msg_t& message) {
    const char* user_id = zmq_msg_gets(&message, "User-Id");
    return user_id == nullptr ? std::string{} : std::string(user_id);
}

}  // namespace

void Socket::Close::operator()(void* handle) const noexcept { zmq_close(handle); }

Result<Socket> Socket::create(const Context& context, SocketKind kind) {
    void* handle = zmq_socket(context.handle(), type_of(kind));
    if (handle == nullptr) {
        return fail_zmq(ErrorCode::Unavailable, "cannot create a socket");
    }
    Socket socket(handle);
    CAREHUB_TRY_DONE(socket.set(ZMQ_LINGER, 0));
    return socket;
}

Status Socket::linger(std::chrono::milliseconds time) {
    return set(ZMQ_LINGER, static_cast<int>(time.count()));
}

Status Socket::set(int option, int value) {
    owner_.check();
    if (zmq_setsockopt(handle_.get(), option, &value, sizeof value) != 0) {
        return fail_zmq(ErrorCode::Invalid, "cannot set socket option " + std::to_string(option));
    }
    return {};
}

Status Socket::set(int option, ByteView value) {
    owner_.check();
    if (zmq_setsockopt(handle_.get(), option, value.data(), value.size()) != 0) {
        return fail_zmq(ErrorCode::Invalid, "cannot set socket option " + std::to_string(option));
    }
    return {};
}

Status Socket::bind(const std::string& endpoint) {
    owner_.check();
    CAREHUB_TRY_DONE(check_endpoint(endpoint));
    if (zmq_bind(handle_.get(), endpoint.c_str()) != 0) {
        return fail_zmq(ErrorCode::Unavailable, "cannot listen on " + endpoint);
    }
    return {};
}

Status Socket::connect(const std::string& endpoint) {
    owner_.check();
    CAREHUB_TRY_DONE(check_endpoint(endpoint));
    if (zmq_connect(handle_.get(), endpoint.c_str()) != 0) {
        return fail_zmq(ErrorCode::Invalid, "cannot connect to " + endpoint);
    }
    return {};
}

Result<std::string> Socket::bound_endpoint() const {
    std::array<char, 512> text{};
    std::size_t length = text.size();
    if (zmq_getsockopt(handle_.get(), ZMQ_LAST_ENDPOINT, text.data(), &length) != 0 ||
        length == 0) {
        return fail_zmq(ErrorCode::Unavailable, "cannot read the bound endpoint");
    }
    return std::string(text.data(), length - 1);
}

Result<SendResult> Socket::send(ByteView frame, FrameEnd end) {
    owner_.check();
    const int flags = ZMQ_DONTWAIT | (end == FrameEnd::More ? ZMQ_SNDMORE : 0);
    if (zmq_send(handle_.get(), frame.data(), frame.size(), flags) >= 0) {
        return SendResult::Sent;
    }
    switch (zmq_errno()) {
        case EAGAIN: return SendResult::Full;
        case EHOSTUNREACH: return SendResult::Gone;
        default: return fail_zmq(ErrorCode::Unavailable, "cannot send");
    }
}

Result<std::optional<ReceivedFrame>> Socket::receive() {
    owner_.check();
    ZmqMessage part;
    while (zmq_msg_recv(&part.message, handle_.get(), ZMQ_DONTWAIT) < 0) {
        if (zmq_errno() == EAGAIN) {
            return std::optional<ReceivedFrame>{};
        }
        if (zmq_errno() != EINTR) {
            return fail_zmq(ErrorCode::Unavailable, "cannot receive");
        }
    }
    const auto* data = static_cast<const std::uint8_t*>(zmq_msg_data(&part.message));
    ReceivedFrame frame;
    frame.bytes.assign(data, data + zmq_msg_size(&part.message));
    frame.more = zmq_msg_more(&part.message) != 0;
    frame.user_id = user_id_of(part.message);
    return std::optional<ReceivedFrame>(std::move(frame));
}

Status Socket::drop_rest() {
    for (;;) {
        CAREHUB_TRY(const auto frame, receive());
        if (!frame || !frame->more) {
            return {};
        }
    }
}

bool Socket::is_readable() const {
    owner_.check();
    int events = 0;
    std::size_t size = sizeof events;
    return zmq_getsockopt(handle_.get(), ZMQ_EVENTS, &events, &size) == 0 &&
           (events & ZMQ_POLLIN) != 0;
}

int Socket::fd() const {
    int descriptor = -1;
    std::size_t size = sizeof descriptor;
    return zmq_getsockopt(handle_.get(), ZMQ_FD, &descriptor, &size) == 0 ? descriptor : -1;
}

}  // namespace carehub::transport
