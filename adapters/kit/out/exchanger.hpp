// Exchanges with a partner's system over a connection that is kept while it is in use.
//
// Contract: one operation at a time. A connection that was idle for longer than kConnectionReuseMax
// is opened anew; when one that was used before ends before any byte of the answer, the message goes
// once more over a fresh one: it had been let go of on the way.
// Errors: Unavailable when no connection could be had, so nothing was handed over; Io when the
// answer did not come whole; Timeout when it did not come in time.
// Threads: confined to the loop's thread. Lifetime: borrows the loop; must not end while the loop
// runs and an operation is under way.
#pragma once

#include "adapters/kit/out/client_stream.hpp"

namespace carehub::adapters {

class Exchanger {
public:
    using Done = ClientStream::Done;
    /// Makes a taker that knows nothing of earlier bytes.
    using Taker = std::function<TakeAnswer()>;

    Exchanger(boost::asio::io_context& loop, Endpoint endpoint, ClientTls tls)
        : loop_(loop), endpoint_(std::move(endpoint)), tls_(std::move(tls)) {}

    void open(Done done);
    void exchange(std::string bytes, std::chrono::milliseconds most, Taker taker, Done done);
    /// The present connection serves no other exchange.
    void close();

private:
    struct Work {
        std::string bytes;
        std::chrono::milliseconds most{};
        Taker taker;
        Done done;
    };

    [[nodiscard]] bool is_usable() const;
    void exchange(bool is_fresh);
    void finished(const Status& status, bool is_fresh);
    void tell(const Status& status);

    boost::asio::io_context& loop_;
    Endpoint endpoint_;
    ClientTls tls_;
    std::shared_ptr<ClientStream> stream_;
    std::chrono::steady_clock::time_point used_at_{};
    Work work_;
};

}  // namespace carehub::adapters
