#include "hub/gateway/sessions.hpp"

#include <algorithm>
#include <utility>

#include "hub/base/check.hpp"

namespace carehub::gateway {

Session* Sessions::open(const std::string& routing_id, PartnerId principal) {
    CAREHUB_CHECK(!by_routing_id_.contains(routing_id), "a connection has one session at a time");
    auto& numbers = by_principal_[principal];
    if (by_number_.size() >= kSessionsMax || numbers.size() >= kSessionsPerPrincipalMax) {
        return nullptr;
    }
    auto session = std::make_unique<Session>();
    session->number = next_number_++;
    session->routing_id = routing_id;
    session->principal = principal;
    numbers.push_back(session->number);
    by_routing_id_[routing_id] = session->number;
    return by_number_.emplace(session->number, std::move(session)).first->second.get();
}

void Sessions::end(std::uint64_t number) {
    const auto session = by_number_.find(number);
    if (session == by_number_.end()) {
        return;
    }
    if (session->second->sent != 0) {
        std::uint64_t& sent = sent_before_[session->second->principal];
        sent = std::max(sent, session->second->sent);
    }
    by_routing_id_.erase(session->second->routing_id);
    const auto numbers = by_principal_.find(session->second->principal);
    std::erase(numbers->second, number);
    if (numbers->second.empty()) {
        by_principal_.erase(numbers);
    }
    by_number_.erase(session);
}

Session* Sessions::find(const std::string& routing_id) const {
    const auto number = by_routing_id_.find(routing_id);
    return number == by_routing_id_.end() ? nullptr : find(number->second);
}

Session* Sessions::find(std::uint64_t number) const {
    const auto session = by_number_.find(number);
    return session == by_number_.end() ? nullptr : session->second.get();
}

std::vector<Session*> Sessions::of(PartnerId principal) const {
    std::vector<Session*> found;
    if (const auto numbers = by_principal_.find(principal); numbers != by_principal_.end()) {
        for (const std::uint64_t number : numbers->second) {
            found.push_back(find(number));
        }
    }
    return found;
}

void Sessions::for_each(const std::function<void(Session&)>& visit) const {
    for (const auto& [number, session] : by_number_) {
        visit(*session);
    }
}

std::uint64_t Sessions::take_sent_before(PartnerId principal) {
    const auto sent = sent_before_.find(principal);
    return sent == sent_before_.end() ? 0 : std::exchange(sent->second, 0);
}

void Sessions::end_gone() {
    std::vector<std::uint64_t> gone;
    for (const auto& [number, session] : by_number_) {
        if (session->gone) {
            gone.push_back(number);
        }
    }
    for (const std::uint64_t number : gone) {
        end(number);
    }
}

}  // namespace carehub::gateway
