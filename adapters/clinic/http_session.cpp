#include "adapters/clinic/http_session.hpp"

#include <sstream>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/ostream.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {

namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

/// The status that tells what was wrong with the form of a request.
unsigned status_of(const error_code& error) {
    if (error == http::error::header_limit) {
        return 431;
    }
    return error == http::error::body_limit ? 413 : 400;
}

}  // namespace

void HttpSession::start() {
    end_after(kHandshakeMax);
    guest_.stream.handshake(guest_.names, [self = shared_from_this()](error_code error) {
        if (error) {
            self->deadline_.cancel();
            log::warning("clinic", "connection closed: TLS handshake failed: " + error.message());
            return;
        }
        self->next_request();
    });
}

void HttpSession::next_request() {
    parser_.emplace();
    parser_->header_limit(kHttpHeaderBytesMax);
    parser_->body_limit(kHttpBodyBytesMax);
    parser_->eager(true);
    begun_ = false;
    end_after(kHttpIdleMax);
    unread_.size() == 0 ? read() : parse();
}

void HttpSession::read() {
    guest_.stream.read_some(boost::asio::buffer(buffer_), [self = shared_from_this()](
                                                              error_code error, std::size_t size) {
        if (error) {
            self->deadline_.cancel();
            return;
        }
        const auto room = self->unread_.prepare(size);
        boost::asio::buffer_copy(room, boost::asio::buffer(self->buffer_, size));
        self->unread_.commit(size);
        self->parse();
    });
}

void HttpSession::parse() {
    if (!begun_) {
        begun_ = true;
        end_after(kHttpRequestMax);
    }
    error_code error;
    unread_.consume(parser_->put(unread_.data(), error));
    if (error && error != http::error::need_more) {
        return refuse(status_of(error), "send a request that RFC 9112 allows");
    }
    if (parser_->is_header_done() && parser_->chunked()) {
        return refuse(411, "tell the body's length: chunked requests are not taken");
    }
    parser_->is_done() ? handle() : read();
}

void HttpSession::handle() {
    deadline_.cancel();
    auto message = parser_->release();
    keep_alive_ = message.keep_alive();
    HttpRequest request{std::string(message.method_string()), std::string(message.target()),
                        std::string(message[http::field::content_type]),
                        std::string(message[http::field::authorization]),
                        std::move(message.body())};
    desk_.take(std::move(request),
               [self = shared_from_this()](HttpAnswer answer) { self->reply(std::move(answer)); });
}

void HttpSession::refuse(unsigned status, std::string why) {
    deadline_.cancel();
    keep_alive_ = false;
    reply(desk_.bad_request(status, std::move(why)));
}

void HttpSession::reply(HttpAnswer answer) {
    http::response<http::string_body> response;
    response.version(11);
    response.result(answer.status);
    response.set(http::field::content_type, answer.content_type);
    response.set(http::field::cache_control, "no-store");
    if (answer.asks_for_token) {
        response.set(http::field::www_authenticate, "Bearer");
    }
    response.keep_alive(keep_alive_);
    response.body() = std::move(answer.body);
    response.prepare_payload();
    std::ostringstream text;
    text << response;
    outgoing_ = std::move(text).str();
    end_after(kHttpRequestMax);
    guest_.stream.write(boost::asio::buffer(outgoing_),
                        [self = shared_from_this()](error_code error, std::size_t) {
                            if (error) {
                                self->deadline_.cancel();
                            } else if (self->keep_alive_) {
                                self->next_request();
                            } else {
                                self->end_after(kHttpLinger);
                                self->guest_.stream.end_output();
                                self->drain();
                            }
                        });
}

/// What the peer still sends is read and thrown away: closing over it would lose it our answer.
void HttpSession::drain() {
    guest_.stream.read_some(boost::asio::buffer(buffer_),
                            [self = shared_from_this()](error_code error, std::size_t) {
                                if (error) {
                                    self->deadline_.cancel();
                                } else {
                                    self->drain();
                                }
                            });
}

void HttpSession::end_after(std::chrono::seconds time) {
    deadline_.expires_after(time);
    deadline_.async_wait([self = shared_from_this()](error_code error) {
        if (!error) {
            self->guest_.stream.close();
        }
    });
}

}  // namespace carehub::adapters::clinic
