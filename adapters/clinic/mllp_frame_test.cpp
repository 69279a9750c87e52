#include "adapters/clinic/mllp_frame.hpp"

#include "adapters/clinic/limits.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

std::string body_of(FrameDecoder& decoder) {
    const auto frame = decoder.next();
    return frame ? std::string(as_text(frame->body)) : "none";
}

}  // namespace

TEST_CASE("a frame comes out whole, in whatever pieces it came in", "[clinic][mllp]") {
    const Bytes frame = make_frame("MSH|1\r");
    FrameDecoder decoder;
    for (const std::uint8_t byte : frame) {
        CHECK(body_of(decoder) == "none");
        decoder.feed(ByteView(&byte, 1));
    }
    CHECK(body_of(decoder) == "MSH|1\r");
    CHECK(body_of(decoder) == "none");
    CHECK(decoder.dropped_bytes() == 0);
}

TEST_CASE("several frames in one read come out in order", "[clinic][mllp]") {
    FrameDecoder decoder;
    decoder.feed(
        as_bytes("\x0B"
                 "one\x1C\r\x0Btwo\x1C\r\x0B"));
    CHECK(body_of(decoder) == "one");
    CHECK(body_of(decoder) == "two");
    CHECK(body_of(decoder) == "none");
}

TEST_CASE("bytes outside frames are dropped and counted", "[clinic][mllp]") {
    FrameDecoder decoder;
    decoder.feed(as_bytes("\r\njunk\x0Bone\x1C\r\r\n"));
    CHECK(body_of(decoder) == "one");
    CHECK(decoder.dropped_bytes() == 8);
}

TEST_CASE("an end block without carriage return breaks the connection", "[clinic][mllp]") {
    FrameDecoder decoder;
    decoder.feed(as_bytes("\x0Bone\x1C\x0Btwo\x1C\r"));
    CHECK(decoder.is_broken());
    CHECK(body_of(decoder) == "none");
}

TEST_CASE("a start block inside a frame begins anew", "[clinic][mllp]") {
    FrameDecoder decoder;
    decoder.feed(as_bytes("\x0Blost\x0Bkept\x1C\r"));
    CHECK(body_of(decoder) == "kept");
    CHECK(decoder.dropped_bytes() == 4);
}

TEST_CASE("a frame above the bound comes out cut, and the next one whole", "[clinic][mllp]") {
    FrameDecoder decoder;
    decoder.feed(make_frame("MSH|" + std::string(kMessageBytesMax, 'x')));
    decoder.feed(make_frame(std::string(kMessageBytesMax, 'y')));
    const auto cut = decoder.next();
    REQUIRE(cut);
    CHECK(cut->cut);
    CHECK(cut->body.size() == kMessageBytesMax);
    const auto whole = decoder.next();
    REQUIRE(whole);
    CHECK_FALSE(whole->cut);
}
