// One HTTP connection: requests in, one at a time, answers out.
//
// Contract: HTTP/1.1 (RFC 9112) with a body of known length; any transfer encoding is answered 411, a header
// above kHttpHeaderBytesMax 431, a body above kHttpBodyBytesMax 413, anything malformed 400, and the
// connection ends after each of these. A request that is not whole within kHttpRequestMax of its
// beginning, and a connection idle for kHttpIdleMax, end without an answer.
// Whoever may not speak is answered before the body is read.
// Threads: confined to the loop's thread. Lifetime: as MllpSession.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/vector_body.hpp>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/listener.hpp"
#include "hub/base/bytes.hpp"

namespace carehub::adapters::clinic {

struct HttpRequest {
    std::string method;
    std::string target;
    std::string content_type;
    std::string authorization;
    Bytes body;
};

struct HttpAnswer {
    unsigned status = 200;
    std::string content_type;
    std::string body;
    bool asks_for_token = false;  ///< tells `WWW-Authenticate: Bearer`
};

/// Takes a request and answers it, at once or later.
class HttpDesk {
public:
    using Reply = std::function<void(HttpAnswer)>;

    virtual ~HttpDesk() = default;
    virtual void take(HttpRequest request, Reply reply) = 0;
    /// The answer to what is not to be heard, judged by all but its body; nothing: let it come.
    [[nodiscard]] virtual std::optional<HttpAnswer> turn_away(const HttpRequest& head) = 0;
    /// The answer to what is no request.
    [[nodiscard]] virtual HttpAnswer bad_request(unsigned status, std::string why) = 0;
};

class HttpSession : public std::enable_shared_from_this<HttpSession> {
public:
    HttpSession(Guest guest, HttpDesk& desk)
        : guest_(std::move(guest)), deadline_(guest_.stream.executor()), desk_(desk) {}

    void start();

private:
    using Body = boost::beast::http::vector_body<std::uint8_t>;

    void next_request();
    void read();
    void parse();
    void handle();
    void turn_away(HttpAnswer answer);
    void refuse(unsigned status, std::string why);
    void reply(HttpAnswer answer);
    void drain();
    [[nodiscard]] bool waits_for_leave() const;
    void give_leave();
    void end_after(std::chrono::seconds time);

    Guest guest_;
    boost::asio::steady_timer deadline_;
    HttpDesk& desk_;
    std::optional<boost::beast::http::request_parser<Body>> parser_;
    std::array<std::uint8_t, kReadBytes> buffer_{};
    boost::beast::flat_buffer unread_;
    bool begun_ = false;       ///< bytes of the present request were seen
    bool judged_ = false;      ///< the present request may be heard
    bool gave_leave_ = false;  ///< 100 Continue was sent
    bool is_head_ = false;     ///< the answer goes without its body
    bool keep_alive_ = false;
    std::string outgoing_;
};

}  // namespace carehub::adapters::clinic
