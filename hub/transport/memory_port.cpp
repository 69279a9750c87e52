#include "hub/transport/memory_port.hpp"

#include <utility>

namespace carehub::transport {

Result<std::optional<Received>> MemoryPort::receive() {
    if (arrived_.empty()) {
        return std::optional<Received>{};
    }
    std::optional<Received> next(std::move(arrived_.front()));
    arrived_.pop_front();
    return next;
}

Result<SendResult> MemoryPort::send(const std::string& routing_id, ByteView bytes) {
    const auto connection = connections_.find(routing_id);
    if (connection == connections_.end()) {
        return SendResult::Gone;
    }
    if (connection->second.sent.size() >= connection->second.room) {
        return SendResult::Full;
    }
    connection->second.sent.emplace_back(bytes.begin(), bytes.end());
    return SendResult::Sent;
}

void MemoryPort::connect(const std::string& routing_id, const std::string& user_id) {
    connections_[routing_id].user_id = user_id;
}

void MemoryPort::disconnect(const std::string& routing_id) { connections_.erase(routing_id); }

void MemoryPort::deliver(const std::string& routing_id, Bytes bytes) {
    const auto connection = connections_.find(routing_id);
    // The same rule as over the network: without a proven identity nothing arrives.
    if (connection == connections_.end() || connection->second.user_id.empty()) {
        return;
    }
    arrived_.push_back({routing_id, connection->second.user_id, std::move(bytes)});
}

std::vector<Bytes> MemoryPort::take_sent(const std::string& routing_id) {
    const auto connection = connections_.find(routing_id);
    return connection == connections_.end() ? std::vector<Bytes>{}
                                            : std::exchange(connection->second.sent, {});
}

void MemoryPort::set_room(const std::string& routing_id, std::size_t messages) {
    connections_[routing_id].room = messages;
}

}  // namespace carehub::transport
