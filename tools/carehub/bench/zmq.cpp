#include <thread>

#include "hub/base/clock.hpp"
#include "hub/transport/dealer.hpp"
#include "hub/transport/router_port.hpp"
#include "hub/transport/zap_handler.hpp"
#include "tools/carehub/bench/raw_limits.hpp"
#include "tools/carehub/bench/wire_session.hpp"

namespace carehub::tool::bench {
namespace {

using transport::SendResult;
using transport::Socket;

constexpr std::size_t kBatches[] = {1, 8, 64};
constexpr std::chrono::milliseconds kRound{20};
constexpr std::chrono::milliseconds kCrowdedWait{1};
constexpr const char* kLoopback = "tcp://127.0.0.1:*";

/// Sends the same frame so many times; the socket's own bound holds it back.
Status send_all(Socket& socket, std::uint64_t frames, std::size_t bytes) {
    const Bytes frame(bytes, 'x');
    transport::Poller room;
    room.add_fd(socket.fd());
    for (std::uint64_t sent = 0; sent < frames;) {
        CAREHUB_TRY(const SendResult result, send_now(socket, frame));
        if (result == SendResult::Sent) {
            ++sent;
        } else {
            CAREHUB_TRY([[maybe_unused]] const bool woken, room.wait(kCrowdedWait));
        }
    }
    return {};
}

/// The hub's own end.
class CurveReceiver {
public:
    explicit CurveReceiver(transport::RouterPort port) : port_(std::move(port)) {
        port_.add_to(poller_);
    }
    [[nodiscard]] Result<bool> receive() {
        CAREHUB_TRY(const auto message, port_.receive());
        return message.has_value();
    }
    [[nodiscard]] Result<bool> wait() { return poller_.wait(kRound); }

private:
    transport::RouterPort port_;
    transport::Poller poller_;
};

/// A bare ROUTER with the library's own bounds.
class PlainReceiver {
public:
    explicit PlainReceiver(Socket socket) : socket_(std::move(socket)) { poller_.add(socket_); }
    [[nodiscard]] Result<bool> receive() {
        CAREHUB_TRY(const auto name, socket_.receive());
        if (!name) {
            return false;
        }
        CAREHUB_TRY([[maybe_unused]] const auto payload, socket_.receive());
        return true;
    }
    [[nodiscard]] Result<bool> wait() { return poller_.wait(kRound); }

private:
    Socket socket_;
    transport::Poller poller_;
};

/// Seconds from the first frame's arrival to the last one's.
template <class Receiver>
Result<double> receive_all(Receiver& receiver, std::uint64_t frames) {
    const SystemClock clock;
    Micros begin{0};
    for (std::uint64_t received = 0; received < frames;) {
        CAREHUB_TRY(const bool came, receiver.receive());
        if (!came) {
            CAREHUB_TRY([[maybe_unused]] const bool woken, receiver.wait());
            continue;
        }
        begin = received == 0 ? clock.steady() : begin;
        ++received;
    }
    return std::chrono::duration<double>(clock.steady() - begin).count();
}

template <class Receiver>
Result<double> run(Socket sender, Receiver receiver, std::uint64_t frames, std::size_t bytes) {
    Status sent;
    sender.hand_over();
    std::thread thread([&] {
        sent = send_all(sender, frames, bytes);
        sender.hand_over();
    });
    auto seconds = receive_all(receiver, frames);
    thread.join();
    CAREHUB_TRY_DONE(sent);
    return seconds;
}

Result<double> run_curve(std::uint64_t frames, std::size_t bytes) {
    CAREHUB_TRY(const transport::CurveKeys hub, transport::make_curve_keys());
    CAREHUB_TRY(const transport::CurveKeys own, transport::make_curve_keys());
    transport::KeyTable keys;
    keys.admit(own.public_key);
    CAREHUB_TRY(const auto context, transport::Context::create());
    CAREHUB_TRY(const auto zap, transport::ZapHandler::start(context, keys));
    CAREHUB_TRY(auto port, transport::RouterPort::open(context, {kLoopback, hub.secret_key}));
    CAREHUB_TRY(const std::string endpoint, port.endpoint());
    CAREHUB_TRY(auto dealer, transport::connect_dealer(context, {endpoint, hub.public_key, own}));
    return run(std::move(dealer), CurveReceiver(std::move(port)), frames, bytes);
}

Result<double> run_plain(std::uint64_t frames, std::size_t bytes) {
    CAREHUB_TRY(const auto context, transport::Context::create());
    CAREHUB_TRY(auto router, Socket::create(context, transport::SocketKind::Router));
    CAREHUB_TRY_DONE(router.bind(kLoopback));
    CAREHUB_TRY(const std::string endpoint, router.bound_endpoint());
    CAREHUB_TRY(auto dealer, Socket::create(context, transport::SocketKind::Dealer));
    CAREHUB_TRY_DONE(dealer.connect(endpoint));
    return run(std::move(dealer), PlainReceiver(std::move(router)), frames, bytes);
}

}  // namespace

Result<std::vector<boost::json::object>> measure_zmq(std::uint64_t events, std::size_t size_bytes) {
    std::vector<boost::json::object> rows;
    for (const bool is_curve : {false, true}) {
        for (const std::size_t batch : kBatches) {
            const std::uint64_t frames = std::max<std::uint64_t>(events / batch, 2);
            const std::size_t bytes = batch * size_bytes;
            CAREHUB_TRY(const double seconds,
                        is_curve ? run_curve(frames, bytes) : run_plain(frames, bytes));
            const double frames_per_s = static_cast<double>(frames) / seconds;
            rows.push_back({{"wire", is_curve ? "CURVE" : "plain"},
                            {"batch", batch},
                            {"size_bytes", size_bytes},
                            {"events_per_s",
                             static_cast<std::uint64_t>(frames_per_s * static_cast<double>(batch))},
                            {"frames_per_s", static_cast<std::uint64_t>(frames_per_s)}});
        }
    }
    return rows;
}

}  // namespace carehub::tool::bench
