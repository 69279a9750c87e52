#include "hub/transport/memory_port.hpp"

#include "tests/support/catch.hpp"

namespace carehub::transport {
namespace {

TEST_CASE("The port in memory carries both ways and tells full and gone apart", "[transport]") {
    MemoryPort port;
    port.connect("r1", "key-one");
    port.deliver("r1", {1, 2, 3});
    const auto received = port.receive();
    REQUIRE(received);
    REQUIRE(received->has_value());
    REQUIRE((*received)->routing_id == "r1");
    REQUIRE((*received)->user_id == "key-one");
    REQUIRE((*received)->bytes == Bytes{1, 2, 3});
    REQUIRE_FALSE(port.receive()->has_value());

    port.set_room("r1", 1);
    const Bytes answer{9};
    REQUIRE(port.send("r1", answer) == SendResult::Sent);
    REQUIRE(port.send("r1", answer) == SendResult::Full);
    REQUIRE(port.take_sent("r1") == std::vector<Bytes>{answer});
    port.disconnect("r1");
    REQUIRE(port.send("r1", answer) == SendResult::Gone);
}

TEST_CASE("Nothing arrives from a connection without a proven identity", "[transport]") {
    MemoryPort port;
    port.connect("r1", "");
    port.deliver("r1", {1});
    port.deliver("nobody", {2});
    REQUIRE_FALSE(port.receive()->has_value());
}

}  // namespace
}  // namespace carehub::transport
