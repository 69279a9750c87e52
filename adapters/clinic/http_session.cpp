#include "adapters/clinic/http_session.hpp"

#include <sstream>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/ostream.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "adapters/clinic/hl7/element.hpp"
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

bool is_encoded(std::string_view encoding) {
    return !encoding.empty() && hl7::to_upper(hl7::trim(encoding)) != "IDENTITY";
}

std::string fix_of(const error_code& error) {
    if (error == http::error::body_limit) {
        return "send at most " + std::to_string(kHttpBodyBytesMax) + " bytes in one document";
    }
    return error == http::error::header_limit
               ? "send at most " + std::to_string(kHttpHeaderBytesMax) + " bytes of header"
               : "send a request that RFC 9112 allows";
}

HttpRequest head_of(const http::request_header<>& header) {
    return {std::string(header.method_string()),
            std::string(header.target()),
            std::string(header[http::field::content_type]),
            std::string(header[http::field::authorization]),
            {}};
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
    judged_ = false;
    gave_leave_ = false;
    is_head_ = false;
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
        return refuse(status_of(error), fix_of(error));
    }
    if (parser_->is_header_done() && parser_->get().count(http::field::transfer_encoding) != 0) {
        return refuse(411, "tell the body's length: transfer encodings are not taken");
    }
    if (parser_->is_header_done() && is_encoded(parser_->get()[http::field::content_encoding])) {
        return refuse(415, "send the body as it is: content encodings are not taken");
    }
    if (parser_->is_header_done() && !judged_) {
        judged_ = true;
        if (auto answer = desk_.turn_away(head_of(parser_->get()))) {
            return turn_away(*std::move(answer));
        }
    }
    if (parser_->is_done()) {
        return handle();
    }
    waits_for_leave() ? give_leave() : read();
}

/// Expect: 100-continue (RFC 9110, section 10.1.1).
bool HttpSession::waits_for_leave() const {
    return parser_->is_header_done() && !gave_leave_ &&
           hl7::to_upper(parser_->get()[http::field::expect]) == "100-CONTINUE";
}

void HttpSession::give_leave() {
    gave_leave_ = true;
    outgoing_ = "HTTP/1.1 100 Continue\r\n\r\n";
    guest_.stream.write(boost::asio::buffer(outgoing_),
                        [self = shared_from_this()](error_code error, std::size_t) {
                            if (error) {
                                self->deadline_.cancel();
                            } else {
                                self->read();
                            }
                        });
}

void HttpSession::handle() {
    deadline_.cancel();
    auto message = parser_->release();
    keep_alive_ = message.keep_alive();
    is_head_ = message.method() == http::verb::head;
    HttpRequest request = head_of(message);
    request.body = std::move(message.body());
    desk_.take(std::move(request),
               [self = shared_from_this()](HttpAnswer answer) { self->reply(std::move(answer)); });
}

/// A connection whose body did not come with the header ends: nobody waits for the body.
void HttpSession::turn_away(HttpAnswer answer) {
    deadline_.cancel();
    keep_alive_ = parser_->is_done() && parser_->keep_alive();
    is_head_ = parser_->get().method() == http::verb::head;
    reply(std::move(answer));
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
    if (is_head_) {
        text << response.base();
    } else {
        text << response;
    }
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
