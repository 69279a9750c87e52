// Seam: the gateway's door to partners' connections. Two sides: RouterPort (ZeroMQ) and MemoryPort
// (tests, simulation, and runs under a thread checker that cannot see into libzmq).
//
// Contract: `user_id` was proven by the connection's handshake (the Z85 text of the public key),
// never claimed in the bytes; a message without one is dropped inside. `routing_id` names the
// connection and nothing else. receive() and send() never wait. `Sent` is not an acknowledgement.
// Threads: confined to one thread.
#pragma once

#include <optional>
#include <string>

#include "hub/base/bytes.hpp"
#include "hub/transport/socket.hpp"

namespace carehub::transport {

struct Received {
    std::string routing_id;
    std::string user_id;
    Bytes bytes;
};

class PartnerPort {
public:
    virtual ~PartnerPort() = default;
    /// The next message, if one is there. An Error means the port is lost.
    [[nodiscard]] virtual Result<std::optional<Received>> receive() = 0;
    [[nodiscard]] virtual Result<SendResult> send(const std::string& routing_id,
                                                  ByteView bytes) = 0;
};

}  // namespace carehub::transport
