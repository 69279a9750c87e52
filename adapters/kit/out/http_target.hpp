// Posts each notice to one address over HTTP/1.1 (RFC 9112).
//
//   POST target
//   Content-Type: as the format says
//   Authorization: Bearer TOKEN                        where a token is given
//   X-CareHub-Delivery: 1207-9f86d081                  the same whenever the notice is told again
//   X-CareHub-Timestamp: 1783605600                    seconds since 1970, of this attempt
//   X-CareHub-Signature: sha256=HEX                    where a secret is given: HMAC-SHA-256 of
//                                                      timestamp, ".", body
//
// Contract, errors: as notice_target.hpp and http_answer.hpp say. An answer above kAnswerBytesMax is
// judged by its status. Threads: confined to the loop's thread.
// Lifetime: borrows the loop; outlives what is under way on it.
#pragma once

#include "adapters/kit/out/http_answer.hpp"
#include "adapters/kit/out/rendered_target.hpp"
#include "hub/base/clock.hpp"

namespace carehub::adapters {

struct HttpSetting {
    Endpoint endpoint;
    ClientTls tls;
    std::string token;
    std::string secret;
    std::chrono::seconds answer_max = kAnswerUsual;
};

class HttpTarget final : public RenderedTarget {
public:
    HttpTarget(boost::asio::io_context& loop, HttpSetting setting, RenderNotice render,
               JudgeHttp judge = judge_status);

private:
    class Reader;

    void send(const OutMessage& message) override;
    [[nodiscard]] std::string request_of(const OutMessage& message) const;
    void finished(const Status& status);

    HttpSetting setting_;
    JudgeHttp judge_;
    SystemClock clock_;
    std::shared_ptr<Reader> reader_;  ///< shared with the stream that feeds it
};

}  // namespace carehub::adapters
