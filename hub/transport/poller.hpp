// Waits for sockets and descriptors at once: the only place where a thread of the wire sleeps.
//
// Threads: confined to the thread that owns the sockets in it.
// Lifetime: borrows the sockets.
#pragma once

#include <chrono>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/transport/socket.hpp"

namespace carehub::transport {

class Poller {
public:
    void add(const Socket& socket);
    void add_fd(int fd);
    void clear() { items_.clear(); }

    /// True when something is readable, false after `timeout`. A signal counts as a timeout.
    [[nodiscard]] Result<bool> wait(std::chrono::milliseconds timeout) const;

private:
    struct Item {
        void* socket = nullptr;
        int fd = -1;
    };
    std::vector<Item> items_;
};

}  // namespace carehub::transport
