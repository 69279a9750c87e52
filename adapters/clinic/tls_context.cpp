#include "adapters/clinic/tls_context.hpp"

#include <algorithm>

#include <openssl/x509v3.h>

namespace carehub::adapters::clinic {
namespace {

namespace ssl = boost::asio::ssl;

tl::unexpected<Error> unusable(std::string_view key, const boost::system::error_code& error) {
    return fail(ErrorCode::Invalid,
                "tls " + std::string(key) + " cannot be used: " + error.message());
}

}  // namespace

Result<std::unique_ptr<ssl::context>> make_tls_context(const TlsFiles& files) {
    auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
    boost::system::error_code error;
    context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                             ssl::context::no_sslv3 | ssl::context::no_tlsv1 |
                             ssl::context::no_tlsv1_1 | ssl::context::no_compression,
                         error);
    SSL_CTX* const raw = context->native_handle();
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
    // No session is resumed: each connection shows its certificate anew.
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(raw, 0);
    context->use_certificate_chain_file(files.certificate.string(), error);
    if (error) {
        return unusable("certificate", error);
    }
    context->use_private_key_file(files.key.string(), ssl::context::pem, error);
    if (error) {
        return unusable("key", error);
    }
    if (SSL_CTX_check_private_key(context->native_handle()) != 1) {
        return fail(ErrorCode::Invalid, "tls key is not that of the certificate");
    }
    if (files.client_ca.empty()) {
        if (!files.clients.empty()) {
            return fail(ErrorCode::Invalid, "tls clients needs client_ca: who would name them?");
        }
        return context;
    }
    context->load_verify_file(files.client_ca.string(), error);
    if (!error) {
        context->set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert, error);
    }
    if (error) {
        return unusable("client_ca", error);
    }
    return context;
}

namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate certificate_of(SSL* tls) { return {SSL_get1_peer_certificate(tls), &X509_free}; }

}  // namespace

bool peer_is_one_of(SSL* tls, const std::vector<std::string>& names) {
    if (names.empty()) {
        return true;
    }
    const Certificate certificate = certificate_of(tls);
    return certificate != nullptr &&
           std::any_of(names.begin(), names.end(), [&](const std::string& name) {
               return X509_check_host(certificate.get(), name.data(), name.size(), 0, nullptr) == 1;
           });
}

std::string peer_subject(SSL* tls) {
    const Certificate certificate = certificate_of(tls);
    if (certificate == nullptr) {
        return {};
    }
    char* line = X509_NAME_oneline(X509_get_subject_name(certificate.get()), nullptr, 0);
    const std::unique_ptr<char, void (*)(char*)> text(line, [](char* one) { OPENSSL_free(one); });
    return text == nullptr ? std::string{} : std::string(text.get());
}

}  // namespace carehub::adapters::clinic
