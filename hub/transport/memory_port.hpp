// A PartnerPort without a network: a test or simulator plays the partners.
//
// Threads: confined to one thread.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "hub/transport/partner_port.hpp"

namespace carehub::transport {

class MemoryPort final : public PartnerPort {
public:
    [[nodiscard]] Result<std::optional<Received>> receive() override;
    [[nodiscard]] Result<SendResult> send(const std::string& routing_id, ByteView bytes) override;

    /// The partner's side.
    void connect(const std::string& routing_id, const std::string& user_id);
    void disconnect(const std::string& routing_id);
    /// As from that connection; a connection that is not there sends nothing.
    void deliver(const std::string& routing_id, Bytes bytes);
    /// Everything sent to that connection since the last call.
    [[nodiscard]] std::vector<Bytes> take_sent(const std::string& routing_id);
    /// How many untaken messages a connection holds before send() says Full.
    void set_room(const std::string& routing_id, std::size_t messages);

private:
    struct Connection {
        std::string user_id;
        std::vector<Bytes> sent;
        std::size_t room = 1'000'000;
    };
    std::map<std::string, Connection> connections_;
    std::deque<Received> arrived_;
};

}  // namespace carehub::transport
