// The address of a partner's system: scheme://host[:port][/path].
//
// Contract: strict: a host name, an IPv4 address or an IPv6 one in brackets; no user, no fragment,
// no blanks or control characters; what follows the host goes out as it is written.
// Errors: Invalid, with what to write instead. Threads: immutable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/base/error.hpp"

namespace carehub::adapters {

struct Endpoint {
    std::string scheme;  ///< "https"
    std::string host;    ///< without brackets
    std::uint16_t port = 0;
    std::string target;  ///< path and query, "/" at least

    /// "host:port", as a Host header has it.
    [[nodiscard]] std::string authority() const;
    [[nodiscard]] std::string text() const { return scheme + "://" + authority() + target; }
    /// What goes there stays on this machine.
    [[nodiscard]] bool is_loopback() const;
};

/// `port`: of an address that names none; 0: it has to.
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view text, std::uint16_t port);

}  // namespace carehub::adapters
