#include "hub/codec/frame.hpp"

#include <string_view>

#include "tests/support/catch.hpp"

namespace carehub::codec {
namespace {

Bytes bytes_of(std::size_t size, std::uint8_t value = 7) { return Bytes(size, value); }

Bytes two_slices() {
    FrameWriter writer(FrameType::Submit, 258);
    REQUIRE(writer.add(as_bytes("abc")));
    REQUIRE(writer.add(as_bytes("12345678")));
    return writer.finish();
}

void require_refused(const Bytes& frame, std::string_view because) {
    const auto parsed = parse_frame(frame);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().context.find(because) != std::string::npos);
}

TEST_CASE("a frame's bytes are as its head describes them", "[codec][frame]") {
    const Bytes expected = {'C', 'H', 1, 3, 2, 0, 0, 0, 2,   1,   0,   0,   0,   0,   0,   0,  //
                            3,   0,   0, 0, 0, 0, 0, 0, 'a', 'b', 'c', 0,   0,   0,   0,   0,  //
                            8,   0,   0, 0, 0, 0, 0, 0, '1', '2', '3', '4', '5', '6', '7', '8'};
    CHECK(two_slices() == expected);
}

TEST_CASE("a parsed frame has the slices and tickets that were written", "[codec][frame]") {
    const Bytes bytes = two_slices();
    const auto frame = parse_frame(bytes);
    REQUIRE(frame);
    CHECK(frame->type == FrameType::Submit);
    CHECK(frame->first_ticket == 258);
    REQUIRE(frame->slices.size() == 2);
    CHECK(as_text(frame->slices[0]) == "abc");
    CHECK(as_text(frame->slices[1]) == "12345678");
}

TEST_CASE("a frame cut anywhere is refused", "[codec][frame]") {
    const Bytes bytes = two_slices();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(parse_frame(ByteView(bytes).first(size)));
    }
}

TEST_CASE("a frame with any byte of its own changed is refused", "[codec][frame]") {
    const auto changed = [](std::size_t at, std::uint8_t value) {
        Bytes bytes = two_slices();
        bytes[at] = value;
        return bytes;
    };
    require_refused(changed(0, 'X'), "does not begin with CH");
    require_refused(changed(3, 0), "unknown type");
    require_refused(changed(3, 17), "unknown type");
    require_refused(changed(4, 0), "count");
    require_refused(changed(4, 65), "count");
    require_refused(changed(4, 1), "bytes follow the last slice");
    require_refused(changed(6, 1), "reserved");
    require_refused(changed(16, 0), "slice's header");
    require_refused(changed(19, 0xFF), "ends within a slice");
    require_refused(changed(20, 1), "slice's header");
    require_refused(changed(27, 1), "padding");
    const auto version = parse_frame(changed(2, 2));
    REQUIRE_FALSE(version);
    CHECK(version.error().code == ErrorCode::Unsupported);
}

TEST_CASE("a control message stands alone in its frame", "[codec][frame]") {
    Bytes bytes = two_slices();
    bytes[3] = static_cast<std::uint8_t>(FrameType::Hello);
    require_refused(bytes, "count");
}

TEST_CASE("a writer is full at 64 slices", "[codec][frame]") {
    FrameWriter writer(FrameType::Receipts, 0);
    for (std::size_t i = 0; i < kBatchSlicesMax; ++i) {
        REQUIRE(writer.add(as_bytes("r")));
    }
    CHECK_FALSE(writer.add(as_bytes("r")));
    CHECK(parse_frame(writer.finish()));
}

TEST_CASE("slices together are at most a batch, one alone may fill a frame", "[codec][frame]") {
    FrameWriter writer(FrameType::Notices, 0);
    REQUIRE(writer.add(bytes_of(kBatchBytesMax)));
    CHECK_FALSE(writer.add(bytes_of(1)));
    CHECK(parse_frame(writer.finish()));

    const std::size_t alone = (kFrameBytesMax - 24) / 8 * 8;
    REQUIRE(writer.add(bytes_of(alone)));
    const Bytes frame = writer.finish();
    CHECK(frame.size() <= kFrameBytesMax);
    CHECK(parse_frame(frame));
    CHECK_FALSE(writer.add(bytes_of(alone + 1)));
    CHECK_FALSE(frame_of(FrameType::Answer, bytes_of(alone + 1)));
}

TEST_CASE("two slices larger than a batch are refused even where they fit a frame",
          "[codec][frame]") {
    FrameWriter writer(FrameType::Notices, 0);
    REQUIRE(writer.add(bytes_of(kBatchBytesMax)));
    Bytes frame = writer.finish();
    frame[4] = 2;
    frame.insert(frame.end(), {8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8});
    require_refused(frame, "batch");
}

TEST_CASE("a writer is empty after it finished a frame", "[codec][frame]") {
    FrameWriter writer(FrameType::Submit, 5);
    REQUIRE(writer.add(as_bytes("first")));
    (void)writer.finish();
    REQUIRE(writer.add(as_bytes("second")));
    const Bytes bytes = writer.finish();
    const auto frame = parse_frame(bytes);
    REQUIRE(frame);
    REQUIRE(frame->slices.size() == 1);
    CHECK(as_text(frame->slices[0]) == "second");
}

}  // namespace
}  // namespace carehub::codec
