#include "adapters/kit/out/client_tls.hpp"

namespace carehub::adapters {
namespace {

namespace ssl = boost::asio::ssl;

tl::unexpected<Error> unusable(std::string_view key, const boost::system::error_code& error) {
    return fail(ErrorCode::Invalid,
                "[out.tls] " + std::string(key) + " cannot be used: " + error.message());
}

Status show_certificate(ssl::context& context, const ClientTlsFiles& files) {
    boost::system::error_code error;
    context.use_certificate_chain_file(files.certificate.string(), error);
    if (error) {
        return unusable("certificate", error);
    }
    // OpenSSL refuses here a key that is not the certificate's.
    context.use_private_key_file(files.key.string(), ssl::context::pem, error);
    return error ? Status(unusable("key", error)) : Status{};
}

}  // namespace

Result<std::shared_ptr<ssl::context>> make_client_tls(const ClientTlsFiles& files) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    boost::system::error_code error;
    context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                             ssl::context::no_sslv3 | ssl::context::no_tlsv1 |
                             ssl::context::no_tlsv1_1 | ssl::context::no_compression,
                         error);
    if (!error) {
        context->set_verify_mode(ssl::verify_peer, error);
    }
    if (!error) {
        files.ca.empty() ? void(context->set_default_verify_paths(error))
                         : void(context->load_verify_file(files.ca.string(), error));
    }
    if (error) {
        return unusable("ca", error);
    }
    if (!files.certificate.empty()) {
        CAREHUB_TRY_DONE(show_certificate(*context, files));
    }
    return context;
}

}  // namespace carehub::adapters
