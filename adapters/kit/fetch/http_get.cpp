#include "adapters/kit/fetch/http_get.hpp"

#include <sstream>

#include <boost/beast/core/ostream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "adapters/kit/text.hpp"

namespace carehub::adapters {

namespace http = boost::beast::http;
using boost::system::error_code;

/// Reads one answer as its bytes come.
class HttpGet::Reader {
public:
    Reader() {
        parser_.body_limit(kFetchBytesMax);
        parser_.eager(true);
    }

    Result<bool> take(ByteView bytes) {
        error_code error;
        if (bytes.empty()) {
            return false;  // what is whole has said so; the rest may have been cut
        }
        unread_ += as_text(bytes);
        unread_.erase(0, parser_.put(boost::asio::buffer(unread_), error));
        if (error == http::error::need_more) {
            return false;
        }
        if (error == http::error::body_limit) {
            return fail(ErrorCode::Invalid, "what it sends is larger than a feed can be");
        }
        if (error) {
            return fail(ErrorCode::Invalid, "its answer is not HTTP");
        }
        return parser_.is_done();
    }

    [[nodiscard]] GetAnswer answer() {
        auto& message = parser_.get();
        GetAnswer answer;
        answer.status = message.result_int();
        answer.validators = {std::string(message[http::field::etag]),
                             std::string(message[http::field::last_modified])};
        const std::string wait(message[http::field::retry_after]);
        if (const auto seconds = parse_int(trim(wait))) {
            answer.retry_after = std::chrono::seconds{*seconds};
        }
        answer.body = std::move(message.body());
        return answer;
    }

private:
    http::response_parser<http::string_body> parser_;
    std::string unread_;
};

std::string HttpGet::request_of(const Validators& known) const {
    http::request<http::empty_body> request{http::verb::get, endpoint_.target, 11};
    request.set(http::field::host, endpoint_.authority());
    request.set(http::field::user_agent, "carehub");
    request.set(http::field::accept_encoding, "identity");
    request.set(http::field::connection, "close");
    if (!known.etag.empty()) {
        request.set(http::field::if_none_match, known.etag);
    }
    if (!known.last_modified.empty()) {
        request.set(http::field::if_modified_since, known.last_modified);
    }
    std::ostringstream text;
    text << request;
    return std::move(text).str();
}

void HttpGet::get(const Validators& known, Got got) {
    auto reader = std::make_shared<std::shared_ptr<Reader>>();  // a fresh one each attempt
    const auto taker = [reader] {
        *reader = std::make_shared<Reader>();
        return [one = *reader](ByteView bytes) { return one->take(bytes); };
    };
    exchanger_.exchange(request_of(known), kFetchAnswerMax, taker,
                        [this, reader, got = std::move(got)](const Status& status) {
                            exchanger_.close();
                            if (!status) {
                                return got(tl::unexpected<Error>(status.error()));
                            }
                            got((*reader)->answer());
                        });
}

}  // namespace carehub::adapters
