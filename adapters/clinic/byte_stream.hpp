// The bytes of one connection, plain or through TLS.
//
// Contract: one read and one write may be under way at a time. Callbacks run on the loop, never
// from within the call; they keep alive what they capture, the stream itself is kept by its owner.
// Threads: confined to the loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace carehub::adapters::clinic {

class ByteStream {
public:
    using Socket = boost::asio::ip::tcp::socket;
    using Done = std::function<void(boost::system::error_code, std::size_t)>;

    explicit ByteStream(Socket socket);
    ByteStream(Socket socket, std::shared_ptr<boost::asio::ssl::context> tls)
        : context_(std::move(tls)),
          stream_(std::in_place_type<Tls>, std::move(socket), *context_) {}

    /// Nothing to do for a plain one. access_denied when the peer carries none of `names`.
    void handshake(std::shared_ptr<const std::vector<std::string>> names,
                   std::function<void(boost::system::error_code)> done);
    /// Who the peer proved to be; empty where it proved nothing. After the handshake.
    [[nodiscard]] std::string peer();
    void read_some(boost::asio::mutable_buffer into, Done done);
    void write(boost::asio::const_buffer all, Done done);
    /// What goes out without waiting, in bytes; 0 when nothing does, through TLS for one.
    [[nodiscard]] std::size_t write_now(boost::asio::const_buffer all);
    /// Nothing more is sent; what the peer sends may still be read.
    void end_output();
    /// Ends what is under way with operation_aborted.
    void close();
    [[nodiscard]] boost::asio::any_io_executor executor();

private:
    using Tls = boost::asio::ssl::stream<Socket>;
    [[nodiscard]] Socket& socket();

    std::shared_ptr<boost::asio::ssl::context> context_;  ///< null: plain
    std::variant<Socket, Tls> stream_;
};

}  // namespace carehub::adapters::clinic
