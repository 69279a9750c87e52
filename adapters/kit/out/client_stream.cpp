#include "adapters/kit/out/client_stream.hpp"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/write.hpp>

namespace carehub::adapters {

using boost::system::error_code;

namespace {

/// The name goes along (RFC 6066, section 3), so that a front of many hosts knows which certificate to
/// show; an address is no name.
bool name_host(SSL* tls, std::string& name) {
    error_code is_name;
    [[maybe_unused]] const auto address = boost::asio::ip::make_address(name, is_name);
    return !is_name ||
           SSL_ctrl(tls, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data()) == 1;
}

}  // namespace

ClientStream::ClientStream(boost::asio::io_context& loop, ClientTls tls)
    : tls_(std::move(tls)), resolver_(loop), deadline_(loop), socket_(loop) {
    if (tls_.context) {
        tls_stream_.emplace(loop, *tls_.context);
    }
}

ClientStream::Tcp::socket& ClientStream::socket() {
    return tls_stream_ ? tls_stream_->next_layer() : socket_;
}

void ClientStream::connect(const Endpoint& endpoint, Done done) {
    begin(kConnectMax, std::move(done));
    resolver_.async_resolve(
        endpoint.host, std::to_string(endpoint.port),
        [self = shared_from_this()](error_code error, const Tcp::resolver::results_type& found) {
            error ? self->end(error, "its name cannot be resolved") : self->connect_to(found);
        });
}

void ClientStream::connect_to(const Tcp::resolver::results_type& found) {
    if (is_late_) {
        return end(boost::asio::error::operation_aborted, "it cannot be connected to");
    }
    boost::asio::async_connect(
        socket(), found, [self = shared_from_this()](error_code error, const Tcp::endpoint&) {
            if (error) {
                return self->end(error, "it cannot be connected to");
            }
            error_code ignored;  // a socket without it works as well
            self->socket().set_option(boost::asio::socket_base::keep_alive(true), ignored);
            self->socket().set_option(Tcp::no_delay(true), ignored);
            self->handshake();
        });
}

void ClientStream::handshake() {
    if (!tls_stream_) {
        return end(Status{});
    }
    error_code error;
    tls_stream_->set_verify_callback(boost::asio::ssl::host_name_verification(tls_.name), error);
    if (error || !name_host(tls_stream_->native_handle(), tls_.name)) {
        return end(fail(ErrorCode::Unavailable, "its name cannot be asked for"));
    }
    tls_stream_->async_handshake(
        boost::asio::ssl::stream_base::client, [self = shared_from_this()](error_code failed) {
            failed ? self->end(failed, "no TLS connection") : self->end(Status{});
        });
}

void ClientStream::exchange(std::string bytes, std::chrono::milliseconds most, TakeAnswer take,
                            Done done) {
    begin(most, std::move(done));
    outgoing_ = std::move(bytes);
    take_ = std::move(take);
    has_read_ = false;
    write();
}

void ClientStream::write() {
    with_stream([this](auto& stream) {
        boost::asio::async_write(stream, boost::asio::buffer(outgoing_),
                                 [self = shared_from_this()](error_code error, std::size_t) {
                                     error ? self->end(error, "the connection broke")
                                           : self->read();
                                 });
    });
}

void ClientStream::read() {
    with_stream([this](auto& stream) {
        stream.async_read_some(boost::asio::buffer(buffer_),
                               [self = shared_from_this()](error_code error, std::size_t size) {
                                   self->take(error, size);
                               });
    });
}

void ClientStream::take(const error_code& error, std::size_t size) {
    const bool at_end =
        error == boost::asio::error::eof || error == boost::asio::ssl::error::stream_truncated;
    if (error && !at_end) {
        return end(error, "the connection broke");
    }
    has_read_ = has_read_ || size > 0;
    const Result<bool> whole = take_(ByteView(buffer_).first(size));
    if (!whole) {
        return end(tl::unexpected<Error>(whole.error()));
    }
    if (*whole) {
        return end(Status{});
    }
    at_end ? end(fail(ErrorCode::Unavailable, "the connection ended before an answer")) : read();
}

void ClientStream::begin(std::chrono::milliseconds most, Done done) {
    done_ = std::move(done);
    is_late_ = false;
    deadline_.expires_after(most);
    deadline_.async_wait([self = shared_from_this()](error_code error) {
        // Of an operation that ended meanwhile: another one has the timer now.
        const bool passed = self->deadline_.expiry() <= std::chrono::steady_clock::now();
        if (!error && self->done_ && passed) {
            self->is_late_ = true;
            self->close();
        }
    });
}

void ClientStream::end(const error_code& error, std::string_view what) {
    end(is_late_ ? fail(ErrorCode::Timeout, "it did not answer in time")
                 : fail(ErrorCode::Unavailable, std::string(what) + ": " + error.message()));
}

void ClientStream::end(const Status& status) {
    deadline_.cancel();
    take_ = nullptr;
    if (!status) {
        close();
    }
    // By way of the loop: nothing of this stream is under way when its owner goes on.
    boost::asio::post(deadline_.get_executor(),
                      [done = std::exchange(done_, nullptr), status] { done(status); });
}

void ClientStream::close() {
    error_code ignored;  // it is closed afterwards whatever it says
    resolver_.cancel();
    socket().close(ignored);
}

}  // namespace carehub::adapters
