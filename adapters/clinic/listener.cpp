#include "adapters/clinic/listener.hpp"

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/tls_context.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {

using boost::system::error_code;

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
        if (!error) {
            admit(std::move(socket));
        }
        accept();
    });
}

void Listener::admit(Tcp::socket socket) {
    error_code error;
    const Tcp::endpoint peer = socket.remote_endpoint(error);
    if (error || !admission_.allows(peer.address())) {
        log::warning("clinic", "a connection was closed: its address is not in `allow`");
        return;
    }
    if (*guests_ >= kConnectionsMax) {
        log::warning("clinic", "a connection was closed: too many are open");
        return;
    }
    socket.set_option(Tcp::no_delay(true), error);  // an answer does not wait for another
    ++*guests_;
    const Pass pass(guests_.get(), [guests = guests_](void*) { --*guests; });
    welcome_(
        {tls_ ? ByteStream(std::move(socket), tls_) : ByteStream(std::move(socket)), names_, pass});
}

void Listener::close() {
    error_code ignored;
    acceptor_.close(ignored);
}

}  // namespace carehub::adapters::clinic
