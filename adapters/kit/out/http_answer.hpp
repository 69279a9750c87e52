// What an HTTP status says of a notice that was posted (RFC 9110, section 15).
//
// Contract: 2xx: taken. 401, 403, 407, 408, 425, 429, 502, 503, 504 and redirections: nothing can be
// handed over now: the token, the address or the load is at fault, not the notice. Other 4xx: refused.
// Other 5xx: undecided. Threads: any thread.
#pragma once

#include <functional>
#include <string>

#include "adapters/kit/out/notice_target.hpp"

namespace carehub::adapters {

struct HttpAnswer {
    unsigned status = 0;
    std::string content_type;
    std::string body;  ///< its beginning
};

using JudgeHttp = std::function<TargetAnswer(const HttpAnswer& answer)>;

/// The words are the body's, where it is text or JSON.
[[nodiscard]] TargetAnswer judge_status(const HttpAnswer& answer);

}  // namespace carehub::adapters
