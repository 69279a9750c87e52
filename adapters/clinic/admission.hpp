// Who may connect: which addresses, by which way.
//
// Contract: without TLS a door is opened on loopback, or for those of [listen] allow alone.
// Errors: Invalid, naming the key. Threads: immutable.
#pragma once

#include <vector>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

#include "adapters/clinic/listen_at.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

[[nodiscard]] Result<boost::asio::ip::address> address_of(const ListenAt& at);

class Admission {
public:
    [[nodiscard]] static Result<Admission> of(const ListenAt& at);
    /// IPv4 mapped into IPv6 counts as IPv4.
    [[nodiscard]] bool allows(const boost::asio::ip::address& peer) const;

private:
    bool all_ = true;
    std::vector<boost::asio::ip::network_v4> v4_;
    std::vector<boost::asio::ip::network_v6> v6_;
};

}  // namespace carehub::adapters::clinic
