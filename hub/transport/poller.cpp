#include "hub/transport/poller.hpp"

#include <cerrno>

#include <zmq.h>

namespace carehub::transport {

void Poller::add(const Socket& socket) { items_.push_back({socket.handle(), -1}); }

void Poller::add_fd(int fd) { items_.push_back({nullptr, fd}); }

Result<bool> Poller::wait(std::chrono::milliseconds timeout) const {
    std::vector<zmq_pollitem_t> polled;
    polled.reserve(items_.size());
    for (const Item& item : items_) {
        polled.push_back({item.socket, item.fd, ZMQ_POLLIN, 0});
    }
    const int ready = zmq_poll(polled.data(), static_cast<int>(polled.size()), timeout.count());
    if (ready < 0 && zmq_errno() != EINTR) {
        return fail(ErrorCode::Unavailable,
                    std::string("cannot wait: ") + zmq_strerror(zmq_errno()));
    }
    return ready > 0;
}

}  // namespace carehub::transport
