// One connection to a partner's system, plain or through TLS: opened, then used for exchanges, each
// a message out and its answer in.
//
// Contract: one operation at a time; its callback runs on the loop, once, never from within the
// call. After an error the stream is closed and of no more use.
// Errors: Unavailable: no connection, or it ended; Timeout; Invalid from the taker of the answer.
// They tell what went wrong in words of the system, and never what was exchanged.
// Threads: confined to the loop's thread. Lifetime: kept alive by its own pending operations, as
// Asio's handlers need (the one use of shared_ptr).
#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/out/endpoint.hpp"
#include "hub/base/bytes.hpp"

namespace carehub::adapters {

/// Takes what came of an answer, nothing at the end of the connection; true: the answer is whole.
using TakeAnswer = std::function<Result<bool>(ByteView bytes)>;

/// How a stream proves whom it speaks to; without a context it proves nothing.
struct ClientTls {
    std::shared_ptr<boost::asio::ssl::context> context;
    std::string name;
};

class ClientStream : public std::enable_shared_from_this<ClientStream> {
public:
    using Done = std::function<void(const Status&)>;

    ClientStream(boost::asio::io_context& loop, ClientTls tls);

    void connect(const Endpoint& endpoint, Done done);
    void exchange(std::string bytes, std::chrono::milliseconds most, TakeAnswer take, Done done);
    void close();
    /// Something of the present answer was read.
    [[nodiscard]] bool has_read() const { return has_read_; }

private:
    using Tcp = boost::asio::ip::tcp;
    using Tls = boost::asio::ssl::stream<Tcp::socket>;

    void begin(std::chrono::milliseconds most, Done done);
    void connect_to(const Tcp::resolver::results_type& found);
    void handshake();
    void write();
    void read();
    void take(const boost::system::error_code& error, std::size_t size);
    void end(const Status& status);
    void end(const boost::system::error_code& error, std::string_view what);
    [[nodiscard]] Tcp::socket& socket();
    /// Calls `use` with the plain socket or the TLS stream.
    template <class Use>
    void with_stream(Use use) {
        tls_stream_ ? use(*tls_stream_) : use(socket_);
    }

    ClientTls tls_;
    Tcp::resolver resolver_;
    boost::asio::steady_timer deadline_;
    Tcp::socket socket_;  ///< of a plain stream
    std::optional<Tls> tls_stream_;
    Done done_;
    TakeAnswer take_;
    std::string outgoing_;
    std::array<std::uint8_t, kAnswerReadBytes> buffer_{};
    bool has_read_ = false;
    bool is_late_ = false;
};

}  // namespace carehub::adapters
