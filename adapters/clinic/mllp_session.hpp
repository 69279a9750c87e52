// One connection of a sender: bytes in, frames, one message at a time, answers out.
// Threads: confined to the server's thread. Lifetime: kept alive by its own pending operations, as
// Asio's handlers need (the one use of shared_ptr); borrows the desk, which outlives the loop.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mllp_frame.hpp"

namespace carehub::adapters::clinic {

/// Takes a message and answers it, at once or later; an empty answer means that none is wanted.
class MessageDesk {
public:
    using Reply = std::function<void(const std::string& answer)>;

    virtual ~MessageDesk() = default;
    virtual void take(const Frame& frame, Reply reply) = 0;
    virtual void closed() = 0;
};

class MllpSession : public std::enable_shared_from_this<MllpSession> {
public:
    MllpSession(boost::asio::ip::tcp::socket socket, MessageDesk& desk)
        : socket_(std::move(socket)), desk_(desk) {}
    ~MllpSession() { desk_.closed(); }
    MllpSession(const MllpSession&) = delete;
    MllpSession& operator=(const MllpSession&) = delete;

    /// Goes on with the next frame, or reads until there is one.
    void proceed();

private:
    void read();
    void reply(const std::string& answer);

    boost::asio::ip::tcp::socket socket_;
    MessageDesk& desk_;
    FrameDecoder decoder_;
    std::array<std::uint8_t, kReadBytes> buffer_{};
    Bytes outgoing_;
};

}  // namespace carehub::adapters::clinic
