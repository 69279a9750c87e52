// One TCP port: who may come in, and how many at a time, of one address and of all.
//
// Contract: `welcome` is called on the loop for each connection let in; the guest is counted for as
// long as it keeps its pass. Errors: open(): Io when the port cannot be had; Invalid for an address,
// network or file of the configuration that cannot be used.
// Threads: confined to the loop's thread, port() apart. Lifetime: borrows the loop.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "adapters/clinic/admission.hpp"
#include "adapters/clinic/byte_stream.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

/// Counts the connections of a listener, and outlives it with them.
using Pass = std::shared_ptr<void>;

struct Guest {
    ByteStream stream;
    std::shared_ptr<const std::vector<std::string>> names;  ///< the peer has to carry one, if any
    Pass pass;
};

class Listener {
public:
    using Welcome = std::function<void(Guest)>;

    [[nodiscard]] static Result<std::unique_ptr<Listener>> open(boost::asio::io_context& loop,
                                                                const ListenAt& at,
                                                                Welcome welcome);
    [[nodiscard]] std::uint16_t port() const { return port_; }
    void close();

private:
    using Tcp = boost::asio::ip::tcp;

    /// Those who hold a pass.
    struct Guests {
        std::size_t all = 0;
        std::map<boost::asio::ip::address, std::size_t> of_address;
    };

    Listener(boost::asio::io_context& loop, Welcome welcome)
        : acceptor_(loop), pause_(loop), welcome_(std::move(welcome)) {}
    Status bind(const ListenAt& at);
    void accept();
    void accept_later(const boost::system::error_code& error);
    void admit(Tcp::socket socket);
    /// Null when there are too many.
    [[nodiscard]] Pass pass_for(const boost::asio::ip::address& peer);

    Tcp::acceptor acceptor_;
    boost::asio::steady_timer pause_;
    Welcome welcome_;
    Admission admission_;
    std::shared_ptr<boost::asio::ssl::context> tls_;  ///< null: plain
    std::shared_ptr<const std::vector<std::string>> names_;
    std::shared_ptr<Guests> guests_ = std::make_shared<Guests>();
    std::uint16_t port_ = 0;
};

}  // namespace carehub::adapters::clinic
