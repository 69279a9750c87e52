#include "adapters/clinic/admission.hpp"

#include <algorithm>

namespace carehub::adapters::clinic {
namespace {

namespace ip = boost::asio::ip;

constexpr unsigned short kWholeV4 = 32;
constexpr unsigned short kWholeV6 = 128;

/// "10.1.2.3" stands for the network of that address alone.
bool add(const std::string& text, std::vector<ip::network_v4>& v4,
         std::vector<ip::network_v6>& v6) {
    boost::system::error_code error;
    const bool whole = text.find('/') == std::string::npos;
    const auto four =
        ip::make_network_v4(whole ? text + "/" + std::to_string(kWholeV4) : text, error);
    if (!error) {
        v4.push_back(four.canonical());
        return true;
    }
    const auto six =
        ip::make_network_v6(whole ? text + "/" + std::to_string(kWholeV6) : text, error);
    if (!error) {
        v6.push_back(six.canonical());
    }
    return !error;
}

template <class Network, class Address>
bool contains(const Network& network, const Address& peer) {
    return Network(peer, network.prefix_length()).canonical() == network;
}

}  // namespace

Result<ip::address> address_of(const ListenAt& at) {
    boost::system::error_code error;
    const ip::address address = ip::make_address(at.address, error);
    if (error) {
        return fail(ErrorCode::Invalid, "[listen] address is no IP address");
    }
    return address;
}

Result<Admission> Admission::of(const ListenAt& at) {
    CAREHUB_TRY(const ip::address address, address_of(at));
    Admission admission;
    admission.all_ = at.allow.empty();
    if (admission.all_ && !at.tls && !address.is_loopback()) {
        return fail(ErrorCode::Invalid,
                    "[listen] address is not loopback: give [listen.tls], or [listen] allow with "
                    "the networks that may connect in clear");
    }
    for (const std::string& network : at.allow) {
        if (!add(network, admission.v4_, admission.v6_)) {
            return fail(ErrorCode::Invalid,
                        "[listen] allow holds what is neither an address nor a network");
        }
    }
    return admission;
}

bool Admission::allows(const ip::address& peer) const {
    if (all_) {
        return true;
    }
    const bool mapped = peer.is_v6() && peer.to_v6().is_v4_mapped();
    if (peer.is_v4() || mapped) {
        const ip::address_v4 four =
            mapped ? ip::make_address_v4(ip::v4_mapped, peer.to_v6()) : peer.to_v4();
        return std::any_of(v4_.begin(), v4_.end(),
                           [&](const auto& network) { return contains(network, four); });
    }
    return std::any_of(v6_.begin(), v6_.end(),
                       [&](const auto& network) { return contains(network, peer.to_v6()); });
}

}  // namespace carehub::adapters::clinic
