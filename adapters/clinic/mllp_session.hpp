// One connection of a sender: handshake, bytes in, frames, one message at a time, answers out.
// Contract: a handshake that takes longer than kHandshakeMax, and a frame that does not end within
// kFrameMax of its beginning, end the connection; between frames it may be silent for ever.
// Threads: confined to the server's thread. Lifetime: kept alive by its own pending operations, as
// Asio's handlers need (the one use of shared_ptr); borrows the desk, which outlives the loop.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/steady_timer.hpp>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/listener.hpp"
#include "adapters/clinic/mllp_frame.hpp"

namespace carehub::adapters::clinic {

/// Takes a message and answers it, at once or later; an empty answer means that none is wanted.
class MessageDesk {
public:
    using Reply = std::function<void(const std::string& answer)>;

    struct Sender {
        std::string peer;              ///< as its certificate says
        std::uint64_t connection = 0;  ///< of this desk, from 1
    };

    virtual ~MessageDesk() = default;
    /// A reply that is dropped ends the connection: its peer keeps the message.
    virtual void take(const Frame& frame, const Sender& sender, Reply reply) = 0;
};

class MllpSession : public std::enable_shared_from_this<MllpSession> {
public:
    /// `connection`: its number at the desk.
    MllpSession(Guest guest, MessageDesk& desk, std::uint64_t connection)
        : guest_(std::move(guest)),
          sender_{{}, connection},
          deadline_(guest_.stream.executor()),
          desk_(desk) {}

    void start();

private:
    /// Goes on with the next frame, or reads until there is one.
    void proceed();
    void proceed_later();
    void read();
    void reply(const std::string& answer);
    [[nodiscard]] bool is_no_mllp();
    void end_after(std::chrono::seconds time, const char* why);
    void no_hurry();

    Guest guest_;
    MessageDesk::Sender sender_;
    boost::asio::steady_timer deadline_;
    bool hurried_ = false;  ///< the deadline runs
    bool told_stray_ = false;
    MessageDesk& desk_;
    FrameDecoder decoder_;
    std::array<std::uint8_t, kReadBytes> buffer_{};
    Bytes outgoing_;
};

}  // namespace carehub::adapters::clinic
