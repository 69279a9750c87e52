#include "adapters/kit/out/http_target.hpp"

#include <optional>
#include <sstream>

#include <boost/beast/core/ostream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "adapters/kit/out/hmac.hpp"

namespace carehub::adapters {

namespace http = boost::beast::http;
using boost::system::error_code;

/// Reads one answer as its bytes come.
class HttpTarget::Reader {
public:
    Reader() { begin(); }

    Result<bool> take(ByteView bytes) {
        error_code error;
        if (bytes.empty()) {
            if (!parser_->got_some()) {
                return false;
            }
            parser_->put_eof(error);
            return parser_->is_done() || is_judgeable();
        }
        unread_ += as_text(bytes);
        while (!unread_.empty()) {
            unread_.erase(0, parser_->put(boost::asio::buffer(unread_), error));
            if (error == http::error::need_more) {
                return false;
            }
            if (error && !is_judgeable()) {
                return fail(ErrorCode::Invalid, "its answer is not HTTP");
            }
            if (error || !is_interim()) {
                whole_ = !error && parser_->is_done();
                return whole_ || static_cast<bool>(error);
            }
            begin();
        }
        return false;
    }

    /// The connection may serve the next exchange: nothing of this one is left in it.
    [[nodiscard]] bool may_go_on() const {
        return whole_ && unread_.empty() && parser_->get().keep_alive();
    }
    [[nodiscard]] HttpAnswer answer() const {
        const auto& message = parser_->get();
        return {message.result_int(), std::string(message[http::field::content_type]),
                message.body()};
    }

private:
    void begin() {
        parser_.emplace();
        parser_->body_limit(kAnswerBytesMax);
        parser_->eager(true);
    }
    [[nodiscard]] bool is_judgeable() const { return parser_->is_header_done(); }
    /// 1xx (RFC 9110 15.2): the answer follows.
    [[nodiscard]] bool is_interim() const {
        return parser_->is_done() &&
               http::to_status_class(parser_->get().result()) == http::status_class::informational;
    }

    std::optional<http::response_parser<http::string_body>> parser_;
    std::string unread_;
    bool whole_ = false;
};

HttpTarget::HttpTarget(boost::asio::io_context& loop, HttpSetting setting, RenderNotice render,
                       JudgeHttp judge)
    : RenderedTarget(loop, setting.endpoint, setting.tls, std::move(render)),
      setting_(std::move(setting)),
      judge_(std::move(judge)) {}

std::string HttpTarget::request_of(const OutMessage& message) const {
    http::request<http::string_body> request{http::verb::post, setting_.endpoint.target, 11};
    request.set(http::field::host, setting_.endpoint.authority());
    request.set(http::field::user_agent, "carehub");
    request.set(http::field::content_type, message.content_type);
    request.set(http::field::accept, message.content_type);
    if (!setting_.token.empty()) {
        request.set(http::field::authorization, "Bearer " + setting_.token);
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now());
    const std::string timestamp = std::to_string(now.time_since_epoch().count());
    request.set("X-CareHub-Delivery", message.delivery);
    request.set("X-CareHub-Timestamp", timestamp);
    if (!setting_.secret.empty()) {
        const Hash256 code = hmac_sha256(setting_.secret, timestamp + "." + message.body);
        request.set("X-CareHub-Signature", "sha256=" + to_hex(code));
    }
    request.body() = message.body;
    request.prepare_payload();
    std::ostringstream text;
    text << request;
    return std::move(text).str();
}

void HttpTarget::send(const OutMessage& message) {
    const auto taker = [this] {
        reader_ = std::make_shared<Reader>();
        return [reader = reader_](ByteView bytes) { return reader->take(bytes); };
    };
    exchanger().exchange(request_of(message), setting_.answer_max, taker,
                         [this](const Status& status) { finished(status); });
}

void HttpTarget::finished(const Status& status) {
    if (!status) {
        return no_answer(status.error());
    }
    if (!reader_->may_go_on()) {
        exchanger().close();
    }
    answer(judge_(reader_->answer()));
}

}  // namespace carehub::adapters
