// The PartnerPort of the network: one CURVE ROUTER for partners and staff.
//
// Contract: open() needs a running ZapHandler in the same context; the port enforces its domain, so
// that without a handler nobody gets in. A message of more than one frame, or without a User-Id on
// its payload frame, is counted and dropped.
// Errors: Unavailable when the endpoint cannot be bound; Unsupported for other transports than tcp
// and ipc.
// Threads: confined to one thread. Lifetime: the context outlives it.
#pragma once

#include <cstdint>

#include "hub/transport/curve_keys.hpp"
#include "hub/transport/partner_port.hpp"
#include "hub/transport/poller.hpp"

namespace carehub::transport {

enum class IpVersion : std::uint8_t { V4, V6 };

struct RouterOptions {
    std::string endpoint;  ///< "tcp://127.0.0.1:0": port 0 lets the system choose
    Hash256 secret_key{};
    IpVersion ip = IpVersion::V4;  ///< V6 listens on both
};

class RouterPort final : public PartnerPort {
public:
    [[nodiscard]] static Result<RouterPort> open(const Context& context,
                                                 const RouterOptions& options);

    [[nodiscard]] Result<std::optional<Received>> receive() override;
    [[nodiscard]] Result<SendResult> send(const std::string& routing_id, ByteView bytes) override;

    /// As bound, with the port the system chose.
    [[nodiscard]] Result<std::string> endpoint() const { return socket_.bound_endpoint(); }
    void add_to(Poller& poller) const { poller.add(socket_); }
    /// Opened by main, used by the gateway's thread: see Socket::hand_over.
    void hand_over() { socket_.hand_over(); }
    [[nodiscard]] std::uint64_t dropped() const { return dropped_; }

private:
    explicit RouterPort(Socket socket) : socket_(std::move(socket)) {}
    [[nodiscard]] Result<std::optional<Received>> read_one(bool& dropped);

    Socket socket_;
    std::uint64_t dropped_ = 0;
};

}  // namespace carehub::transport
