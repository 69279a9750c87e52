// TLS of a door: version 1.2 or 1.3, with a certificate of each side where a `client_ca` is given.
//
// Errors: Invalid naming the key of the table `tls` whose file cannot be used; the files' own contents
// are never told. Threads: the context is made once and then only read.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ssl/context.hpp>

#include "adapters/clinic/listen_at.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

[[nodiscard]] Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_context(
    const TlsFiles& files);

/// Whether the peer's certificate carries one of the names (RFC 6125); true when none is asked for.
/// Requires a finished handshake.
[[nodiscard]] bool peer_is_one_of(SSL* tls, const std::vector<std::string>& names);
/// The subject of the peer's certificate, on one line; empty when it has none. After the handshake.
[[nodiscard]] std::string peer_subject(SSL* tls);

}  // namespace carehub::adapters::clinic
