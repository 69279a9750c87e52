// TLS towards a partner's system: version 1.2 or 1.3; its certificate has to be signed by the
// authority given (else by one the system trusts) and to carry the name that was called.
//
// Errors: Invalid naming the key of [out.tls] whose file cannot be used; contents are never told.
// Threads: the context is made once and then only read.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "hub/base/error.hpp"

namespace carehub::adapters {

/// PEM files; all may be empty.
struct ClientTlsFiles {
    std::filesystem::path ca;           ///< who signs the other side; empty: whom the system trusts
    std::filesystem::path certificate;  ///< ours, where the other side asks for one
    std::filesystem::path key;
    std::string name;  ///< that the other side's certificate carries; empty: the host called
};

[[nodiscard]] Result<std::shared_ptr<boost::asio::ssl::context>> make_client_tls(
    const ClientTlsFiles& files);

}  // namespace carehub::adapters
