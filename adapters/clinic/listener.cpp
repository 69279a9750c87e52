#include "adapters/clinic/listener.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/tls_context.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {
namespace {

using boost::system::error_code;

/// A peer that is gone without a word is noticed, and an answer does not wait for another. What
/// cannot be set is done without.
void keep_alive(boost::asio::ip::tcp::socket& socket) {
    error_code ignored;
    socket.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    socket.set_option(boost::asio::socket_base::keep_alive(true), ignored);
    constexpr std::pair<int, int> kTimes[] = {{TCP_KEEPIDLE, kKeepAliveIdleS},
                                              {TCP_KEEPINTVL, kKeepAliveEveryS},
                                              {TCP_KEEPCNT, kKeepAliveProbes}};
    for (const auto& [name, value] : kTimes) {
        (void)::setsockopt(socket.native_handle(), IPPROTO_TCP, name, &value, sizeof value);
    }
}

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(boost::asio::io_context& loop, const ListenAt& at,
                                                 Welcome welcome) {
    std::unique_ptr<Listener> listener(new Listener(loop, std::move(welcome)));
    CAREHUB_TRY(listener->admission_, Admission::of(at));
    if (at.tls) {
        CAREHUB_TRY(listener->tls_, make_tls_context(*at.tls));
    }
    listener->names_ = std::make_shared<const std::vector<std::string>>(
        at.tls ? at.tls->clients : std::vector<std::string>{});
    CAREHUB_TRY_DONE(listener->bind(at));
    listener->accept();
    return listener;
}

Status Listener::bind(const ListenAt& at) {
    CAREHUB_TRY(const auto address, address_of(at));
    const Tcp::endpoint endpoint(address, at.port);
    error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) {
        acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        acceptor_.bind(endpoint, error);
    }
    if (!error) {
        acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return fail(ErrorCode::Io, "cannot listen: " + error.message());
    }
    port_ = acceptor_.local_endpoint(error).port();
    return {};
}

void Listener::accept() {
    acceptor_.async_accept([this](error_code error, Tcp::socket socket) {
        if (error == boost::asio::error::operation_aborted) {
            return;  // closed: the listener may be gone
        }
        if (!acceptor_.is_open()) {
            return;
        }
        if (error) {
            return accept_later(error);
        }
        admit(std::move(socket));
        accept();
    });
}

/// Out of descriptors or memory: the connection waits in the backlog meanwhile.
void Listener::accept_later(const error_code& error) {
    log::warning("clinic", "a connection cannot be accepted: " + error.message());
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](error_code ended) {
        if (!ended && acceptor_.is_open()) {
            accept();
        }
    });
}

void Listener::admit(Tcp::socket socket) {
    error_code error;
    const Tcp::endpoint peer = socket.remote_endpoint(error);
    if (error) {
        return;  // gone already
    }
    if (!admission_.allows(peer.address())) {
        log::warning("clinic", "a connection was closed: its address is not in `allow`");
        return;
    }
    const Pass pass = pass_for(peer.address());
    if (!pass) {
        log::warning("clinic", "a connection was closed: too many are open");
        return;
    }
    keep_alive(socket);
    try {  // a TLS stream may find no memory
        welcome_({tls_ ? ByteStream(std::move(socket), tls_) : ByteStream(std::move(socket)),
                  names_, pass});
    } catch (const boost::system::system_error& failed) {
        log::warning("clinic", "a connection was closed: " + failed.code().message());
    }
}

Pass Listener::pass_for(const boost::asio::ip::address& peer) {
    const auto known = guests_->of_address.find(peer);
    const std::size_t present = known == guests_->of_address.end() ? 0 : known->second;
    if (guests_->all >= kConnectionsMax || present >= kConnectionsOfAddressMax) {
        return nullptr;
    }
    ++guests_->all;
    ++guests_->of_address[peer];
    return {guests_.get(), [guests = guests_, peer](void*) {
                --guests->all;
                if (--guests->of_address[peer] == 0) {
                    guests->of_address.erase(peer);
                }
            }};
}

void Listener::close() {
    error_code ignored;
    pause_.cancel();
    acceptor_.close(ignored);
}

}  // namespace carehub::adapters::clinic
