#include "adapters/clinic/byte_stream.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "adapters/clinic/tls_context.hpp"

namespace carehub::adapters::clinic {

using boost::system::error_code;

ByteStream::ByteStream(Socket socket) : stream_(std::move(socket)) {
    error_code ignored;  // write_now() then does nothing
    std::get<Socket>(stream_).non_blocking(true, ignored);
}

void ByteStream::handshake(std::shared_ptr<const std::vector<std::string>> names,
                           std::function<void(error_code)> done) {
    Tls* tls = std::get_if<Tls>(&stream_);
    if (tls == nullptr) {
        boost::asio::post(executor(), [done = std::move(done)] { done({}); });
        return;
    }
    tls->async_handshake(boost::asio::ssl::stream_base::server,
                         [tls, names = std::move(names), done = std::move(done)](error_code error) {
                             if (!error && !peer_is_one_of(tls->native_handle(), *names)) {
                                 error = boost::asio::error::access_denied;
                             }
                             done(error);
                         });
}

std::string ByteStream::peer() {
    Tls* tls = std::get_if<Tls>(&stream_);
    return tls == nullptr ? std::string{} : peer_subject(tls->native_handle());
}

void ByteStream::read_some(boost::asio::mutable_buffer into, Done done) {
    std::visit([&](auto& stream) { stream.async_read_some(into, std::move(done)); }, stream_);
}

void ByteStream::write(boost::asio::const_buffer all, Done done) {
    std::visit([&](auto& stream) { boost::asio::async_write(stream, all, std::move(done)); },
               stream_);
}

std::size_t ByteStream::write_now(boost::asio::const_buffer all) {
    Socket* plain = std::get_if<Socket>(&stream_);
    if (plain == nullptr || !plain->non_blocking()) {
        return 0;
    }
    error_code ignored;  // write() meets it again, and tells
    return plain->write_some(all, ignored);
}

ByteStream::Socket& ByteStream::socket() {
    Tls* tls = std::get_if<Tls>(&stream_);
    return tls == nullptr ? std::get<Socket>(stream_) : tls->next_layer();
}

void ByteStream::end_output() {
    error_code ignored;  // the peer may have gone first
    socket().shutdown(Socket::shutdown_send, ignored);
}

void ByteStream::close() {
    error_code ignored;  // it is closed afterwards whatever it says
    socket().close(ignored);
}

boost::asio::any_io_executor ByteStream::executor() { return socket().get_executor(); }

}  // namespace carehub::adapters::clinic
