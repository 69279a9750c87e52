// All sessions of the hub, found by connection, by number and by principal.
//
// Contract: numbers ascend and are never reused. Pointers hold until that session ends.
// Threads: confined to the gateway's thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>

#include "hub/gateway/session.hpp"

namespace carehub::gateway {

class Sessions {
public:
    explicit Sessions(std::uint64_t first_number) : next_number_(first_number) {}

    /// Null when the hub or the principal has as many as it may.
    [[nodiscard]] Session* open(const std::string& routing_id, PartnerId principal);
    void end(std::uint64_t number);

    [[nodiscard]] Session* find(const std::string& routing_id) const;
    [[nodiscard]] Session* find(std::uint64_t number) const;
    /// In order of their numbers.
    [[nodiscard]] std::vector<Session*> of(PartnerId principal) const;
    void for_each(const std::function<void(Session&)>& visit) const;
    void end_gone();
    /// The highest number that sessions of this principal were sent which have ended since it was
    /// last asked for; the next session's first question to core carries it. Not kept across runs,
    /// so that a restart of the hub accuses no delivery.
    [[nodiscard]] std::uint64_t take_sent_before(PartnerId principal);
    [[nodiscard]] std::size_t size() const { return by_number_.size(); }

private:
    std::uint64_t next_number_;
    std::map<std::uint64_t, std::unique_ptr<Session>> by_number_;
    std::unordered_map<std::string, std::uint64_t> by_routing_id_;
    std::unordered_map<PartnerId, std::vector<std::uint64_t>> by_principal_;
    std::unordered_map<PartnerId, std::uint64_t> sent_before_;
};

}  // namespace carehub::gateway
