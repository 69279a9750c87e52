// Asks one address for what it has, and only if that changed (RFC 9110 13, 15): GET with
// If-None-Match and If-Modified-Since.
//
// Contract: one question at a time; `got` runs on the loop, once. No redirection is followed: the
// answer's status tells it. A body above kFetchBytesMax is an error, not a part; so is one that tells
// its length neither at once nor in chunks: where such a one is cut nobody would know.
// Errors: Unavailable, Timeout, Io, Invalid (no HTTP, or too large).
// Threads: confined to the loop's thread. Lifetime: borrows the loop; outlives what is under way.
#pragma once

#include <optional>

#include "adapters/kit/out/exchanger.hpp"

namespace carehub::adapters {

/// What the last answer told of itself; empty where it told nothing.
struct Validators {
    std::string etag;
    std::string last_modified;
    friend bool operator==(const Validators&, const Validators&) = default;
};

struct GetAnswer {
    unsigned status = 0;
    Validators validators;
    std::optional<std::chrono::seconds> retry_after;
    std::string body;
};

class HttpGet {
public:
    using Got = std::function<void(const Result<GetAnswer>& answer)>;

    HttpGet(boost::asio::io_context& loop, Endpoint endpoint, ClientTls tls)
        : endpoint_(endpoint), exchanger_(loop, std::move(endpoint), std::move(tls)) {}

    void get(const Validators& known, Got got);

private:
    class Reader;

    [[nodiscard]] std::string request_of(const Validators& known) const;

    Endpoint endpoint_;
    Exchanger exchanger_;
};

}  // namespace carehub::adapters
