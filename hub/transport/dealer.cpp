#include "hub/transport/dealer.hpp"

#include <zmq.h>

#include "hub/base/limits.hpp"

namespace carehub::transport {
namespace {

// Pauses between attempts to connect grow from the first to the last.
constexpr int kReconnectFirstMs = 50;
constexpr int kReconnectLastMs = 2'000;

}  // namespace

Result<Socket> connect_dealer(const Context& context, const DealerOptions& options) {
    if (!options.endpoint.starts_with("tcp://") && !options.endpoint.starts_with("ipc://")) {
        return fail(ErrorCode::Unsupported,
                    "a hub is reached over tcp:// or ipc:// only: " + options.endpoint);
    }
    CAREHUB_TRY(auto socket, Socket::create(context, SocketKind::Dealer));
    CAREHUB_TRY_DONE(socket.set(ZMQ_CURVE_SERVERKEY, ByteView(options.hub_public_key)));
    CAREHUB_TRY_DONE(socket.set(ZMQ_CURVE_PUBLICKEY, ByteView(options.keys.public_key)));
    CAREHUB_TRY_DONE(socket.set(ZMQ_CURVE_SECRETKEY, ByteView(options.keys.secret_key)));
    CAREHUB_TRY_DONE(socket.set(ZMQ_SNDHWM, kZmqHighWaterMark));
    CAREHUB_TRY_DONE(socket.set(ZMQ_RCVHWM, kZmqHighWaterMark));
    CAREHUB_TRY_DONE(socket.set(ZMQ_RECONNECT_IVL, kReconnectFirstMs));
    CAREHUB_TRY_DONE(socket.set(ZMQ_RECONNECT_IVL_MAX, kReconnectLastMs));
    CAREHUB_TRY_DONE(socket.set(ZMQ_IPV6, 1));
    CAREHUB_TRY_DONE(socket.connect(options.endpoint));
    return socket;
}

}  // namespace carehub::transport
