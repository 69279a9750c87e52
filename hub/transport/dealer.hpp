// The partner's end of the wire: a CURVE DEALER with an empty routing id.
//
// Contract: connecting goes on in the background; a frame sent before waits in the socket, at most
// kZmqHighWaterMark of them. Errors: Invalid for an endpoint that cannot be read; Unsupported for
// other transports than tcp and ipc. Threads: confined to one thread. Lifetime: the context
// outlives it.
#pragma once

#include "hub/transport/curve_keys.hpp"
#include "hub/transport/socket.hpp"

namespace carehub::transport {

struct DealerOptions {
    std::string endpoint;
    Hash256 hub_public_key{};
    CurveKeys keys;
};

[[nodiscard]] Result<Socket> connect_dealer(const Context& context, const DealerOptions& options);

}  // namespace carehub::transport
