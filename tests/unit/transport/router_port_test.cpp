#include "hub/transport/router_port.hpp"

#include <zmq.h>

#include "hub/base/limits.hpp"
#include "hub/transport/zap_handler.hpp"
#include "tests/support/catch.hpp"

namespace carehub::transport {
namespace {

constexpr std::chrono::milliseconds kPatience{5'000};
/// How long a test listens before it believes that nothing comes.
constexpr std::chrono::milliseconds kSilence{300};

struct Server {
    Context context;
    KeyTable keys;
    CurveKeys own;
    std::unique_ptr<ZapHandler> zap;
    std::optional<RouterPort> port;

    explicit Server(bool with_zap) : context(*Context::create()), own(*make_curve_keys()) {
        if (with_zap) {
            zap = *ZapHandler::start(context, keys);
        }
        auto opened =
            RouterPort::open(context, {"tcp://127.0.0.1:0", own.secret_key, IpVersion::V4});
        REQUIRE(opened);
        port.emplace(std::move(*opened));
    }

    std::optional<Received> wait_for_message(std::chrono::milliseconds patience) {
        Poller poller;
        port->add_to(poller);
        REQUIRE(poller.wait(patience));
        auto received = port->receive();
        REQUIRE(received);
        return *received;
    }
};

struct Client {
    Context context;
    CurveKeys own;
    Socket socket;

    Client(const std::string& endpoint, const Hash256& server_key)
        : context(*Context::create()),
          own(*make_curve_keys()),
          socket(*Socket::create(context, SocketKind::Dealer)),
          endpoint_(endpoint) {
        REQUIRE(socket.set(ZMQ_CURVE_SERVERKEY, ByteView(server_key)));
        REQUIRE(socket.set(ZMQ_CURVE_PUBLICKEY, ByteView(own.public_key)));
        REQUIRE(socket.set(ZMQ_CURVE_SECRETKEY, ByteView(own.secret_key)));
    }
    void connect() { REQUIRE(socket.connect(endpoint_)); }
    void send(const Bytes& bytes, FrameEnd end = FrameEnd::Last) {
        REQUIRE(socket.send(bytes, end) == SendResult::Sent);
    }
    std::optional<Bytes> wait_for_message() {
        Poller poller;
        poller.add(socket);
        REQUIRE(poller.wait(kPatience));
        auto frame = socket.receive();
        REQUIRE(frame);
        return *frame ? std::optional((*frame)->bytes) : std::nullopt;
    }

private:
    std::string endpoint_;
};

TEST_CASE("An admitted key speaks, is named by its key and is answered", "[transport]") {
    Server server(true);
    Client client(*server.port->endpoint(), server.own.public_key);
    server.keys.admit(client.own.public_key);
    client.connect();
    client.send({1, 2, 3});
    const auto received = server.wait_for_message(kPatience);
    REQUIRE(received);
    REQUIRE(received->user_id == to_z85(client.own.public_key));
    REQUIRE(received->bytes == Bytes{1, 2, 3});
    REQUIRE(server.port->send(received->routing_id, Bytes{4}) == SendResult::Sent);
    REQUIRE(client.wait_for_message() == Bytes{4});
    REQUIRE(server.port->send("no such peer", Bytes{4}) == SendResult::Gone);
}

TEST_CASE("An unknown key is refused at the handshake", "[transport]") {
    Server server(true);
    Client client(*server.port->endpoint(), server.own.public_key);
    client.connect();
    client.send({1});
    REQUIRE_FALSE(server.wait_for_message(kSilence));
}

TEST_CASE("A client that expects another hub key sends nothing to this one", "[transport]") {
    Server server(true);
    Client client(*server.port->endpoint(), make_curve_keys()->public_key);
    server.keys.admit(client.own.public_key);
    client.connect();
    client.send({1});
    REQUIRE_FALSE(server.wait_for_message(kSilence));
}

TEST_CASE("Without an authentication handler nobody gets in", "[transport]") {
    Server server(false);
    Client client(*server.port->endpoint(), server.own.public_key);
    server.keys.admit(client.own.public_key);
    client.connect();
    client.send({1});
    REQUIRE_FALSE(server.wait_for_message(kSilence));
}

TEST_CASE("A client without CURVE gets no word through", "[transport]") {
    Server server(true);
    const auto context = *Context::create();
    auto socket = *Socket::create(context, SocketKind::Dealer);
    REQUIRE(socket.connect(*server.port->endpoint()));
    REQUIRE(socket.send(Bytes{1}, FrameEnd::Last) == SendResult::Sent);
    REQUIRE_FALSE(server.wait_for_message(kSilence));
}

TEST_CASE("The largest frame passes and one byte more ends that connection only", "[transport]") {
    Server server(true);
    Client client(*server.port->endpoint(), server.own.public_key);
    Client other(*server.port->endpoint(), server.own.public_key);
    server.keys.admit(client.own.public_key);
    server.keys.admit(other.own.public_key);
    client.connect();
    other.connect();
    client.send(Bytes(kFrameBytesMax, 7));
    const auto largest = server.wait_for_message(kPatience);
    REQUIRE(largest);
    REQUIRE(largest->bytes.size() == kFrameBytesMax);
    client.send(Bytes(kFrameBytesMax + 1, 7));
    REQUIRE_FALSE(server.wait_for_message(kSilence));
    other.send({5});
    const auto unharmed = server.wait_for_message(kPatience);
    REQUIRE(unharmed);
    REQUIRE(unharmed->bytes == Bytes{5});
}

TEST_CASE("A message of several frames is dropped and counted", "[transport]") {
    Server server(true);
    Client client(*server.port->endpoint(), server.own.public_key);
    server.keys.admit(client.own.public_key);
    client.connect();
    client.send({1}, FrameEnd::More);
    client.send({2}, FrameEnd::More);
    client.send({3});
    client.send({4});
    std::optional<Received> received = server.wait_for_message(kPatience);
    while (!received) {
        received = server.wait_for_message(kPatience);
    }
    REQUIRE(received->bytes == Bytes{4});
    REQUIRE(server.port->dropped() == 1);
}

TEST_CASE("A second authentication handler in one context is refused", "[transport]") {
    Server server(true);
    REQUIRE_FALSE(ZapHandler::start(server.context, server.keys));
}

TEST_CASE("The hub does not listen on other transports", "[transport]") {
    const auto context = *Context::create();
    const auto own = *make_curve_keys();
    for (const char* endpoint :
         {"ws://127.0.0.1:0", "udp://127.0.0.1:5555", "inproc://hub", "pgm://x"}) {
        const auto port = RouterPort::open(context, {endpoint, own.secret_key, IpVersion::V4});
        REQUIRE_FALSE(port);
        REQUIRE(port.error().code == ErrorCode::Unsupported);
    }
}

}  // namespace
}  // namespace carehub::transport
