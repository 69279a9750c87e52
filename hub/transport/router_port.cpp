#include "hub/transport/router_port.hpp"

#include <zmq.h>

#include "hub/base/limits.hpp"
#include "hub/transport/zap_handler.hpp"

namespace carehub::transport {
namespace {

/// ZMQ_ZAP_ENFORCE_DOMAIN: the library understands it, Debian's header does not name it.
constexpr int kZapEnforceDomain = 93;

struct IntOption {
    int option;
    int value;
};

Status set_options(Socket& socket, const RouterOptions& options) {
    const IntOption ints[] = {
        {ZMQ_CURVE_SERVER, 1},
        // Without this and a domain, a missing ZAP handler would admit every key.
        {kZapEnforceDomain, 1},
        {ZMQ_RCVHWM, kZmqHighWaterMark},
        {ZMQ_SNDHWM, kZmqHighWaterMark},
        {ZMQ_HANDSHAKE_IVL, static_cast<int>(kCurveHandshakeMax.count())},
        {ZMQ_HEARTBEAT_IVL, static_cast<int>(kHeartbeatInterval.count())},
        {ZMQ_HEARTBEAT_TIMEOUT, static_cast<int>(kHeartbeatTimeoutMax.count())},
        // A send to a connection that is gone must be told, not dropped in silence.
        {ZMQ_ROUTER_MANDATORY, 1},
        // With handover any authenticated peer could take over another's connection name.
        {ZMQ_ROUTER_HANDOVER, 0},
        {ZMQ_IPV6, options.ip == IpVersion::V6 ? 1 : 0},
    };
    for (const auto& [option, value] : ints) {
        CAREHUB_TRY_DONE(socket.set(option, value));
    }
    // This option alone is 64 bits wide.
    const std::int64_t bytes_max = kZmqMessageBytesMax;
    CAREHUB_TRY_DONE(
        socket.set(ZMQ_MAXMSGSIZE,
                   ByteView(reinterpret_cast<const std::uint8_t*>(&bytes_max), sizeof bytes_max)));
    CAREHUB_TRY_DONE(socket.set(ZMQ_ZAP_DOMAIN, as_bytes(kZapDomain)));
    return socket.set(ZMQ_CURVE_SECRETKEY, ByteView(options.secret_key));
}

}  // namespace

Result<RouterPort> RouterPort::open(const Context& context, const RouterOptions& options) {
    if (!options.endpoint.starts_with("tcp://") && !options.endpoint.starts_with("ipc://")) {
        return fail(ErrorCode::Unsupported,
                    "the hub listens on tcp:// or ipc:// only: " + options.endpoint);
    }
    CAREHUB_TRY(auto socket, Socket::create(context, SocketKind::Router));
    CAREHUB_TRY_DONE(set_options(socket, options));
    CAREHUB_TRY_DONE(socket.bind(options.endpoint));
    return RouterPort(std::move(socket));
}

Result<std::optional<Received>> RouterPort::receive() {
    for (;;) {
        bool dropped = false;
        CAREHUB_TRY(auto received, read_one(dropped));
        if (!dropped) {
            return received;
        }
        ++dropped_;
    }
}

Result<std::optional<Received>> RouterPort::read_one(bool& dropped) {
    CAREHUB_TRY(auto name, socket_.receive());
    if (!name) {
        return std::optional<Received>{};
    }
    dropped = true;
    if (!name->more) {
        return std::optional<Received>{};
    }
    CAREHUB_TRY(auto payload, socket_.receive());
    if (!payload) {
        return std::optional<Received>{};
    }
    if (payload->more) {
        CAREHUB_TRY_DONE(socket_.drop_rest());
        return std::optional<Received>{};
    }
    // libzmq 4.3.4 loses the User-Id of the routing frame after a poll; the payload frame keeps it.
    if (payload->user_id.empty()) {
        return std::optional<Received>{};
    }
    dropped = false;
    return std::optional<Received>(Received{
        std::string(as_text(name->bytes)), std::move(payload->user_id), std::move(payload->bytes)});
}

Result<SendResult> RouterPort::send(const std::string& routing_id, ByteView bytes) {
    CAREHUB_TRY(const SendResult addressed, socket_.send(as_bytes(routing_id), FrameEnd::More));
    if (addressed != SendResult::Sent) {
        return addressed;
    }
    return socket_.send(bytes, FrameEnd::Last);
}

}  // namespace carehub::transport
