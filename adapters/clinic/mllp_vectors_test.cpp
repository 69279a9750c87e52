// Framing vectors: what bytes on an MLLP connection mean, each fed whole, byte by byte, and cut in two
// at every place.
//
// The rules are MLLP release 1 and ours where it is silent: bytes outside a frame are dropped and
// counted, a start block inside a frame begins anew, an end block that no carriage return follows
// ends the connection. The bytes that frame (0x0B, and 0x1C with what follows it) do not count as
// dropped where they stand in their place.
#include <algorithm>
#include <vector>

#include "adapters/clinic/limits.hpp"
#include "adapters/clinic/mllp_frame.hpp"
#include "tests/support/catch.hpp"

using namespace carehub;
using namespace carehub::adapters::clinic;

namespace {

enum class After { Between, Inside, Broken };

/// In `bytes`: '<' the start block, '>' end block and carriage return, '^' the end block alone, '$' a
/// carriage return, '_' a line feed, '0' a NUL, '~' 0xFF. What is expected is written the same way.
struct Vector {
    const char* name;
    std::string bytes;
    std::vector<std::string> frames;
    std::uint64_t dropped = 0;
    After after = After::Between;
};

std::string expand(std::string_view written) {
    std::string bytes;
    for (const char c : written) {
        switch (c) {
            case '<': bytes += '\x0B'; break;
            case '>': bytes += "\x1C\r"; break;
            case '^': bytes += '\x1C'; break;
            case '$': bytes += '\r'; break;
            case '_': bytes += '\n'; break;
            case '0': bytes += '\0'; break;
            case '~': bytes += '\xFF'; break;
            default: bytes += c;
        }
    }
    return bytes;
}

const Vector kVectors[] = {
    // Whole frames
    {"one frame", "<MSH|a$>", {"MSH|a$"}},
    {"two frames", "<one$><two$>", {"one$", "two$"}},
    {"three frames without a pause", "<a><b><c>", {"a", "b", "c"}},
    {"a frame of nothing", "<>", {""}},
    {"many frames of nothing", "<><><>", {"", "", ""}},
    {"a frame of one byte", "<a>", {"a"}},
    {"a frame of one carriage return", "<$>", {"$"}},
    {"no end of segment before the end block", "<MSH|a>", {"MSH|a"}},
    {"segments ended by LF", "<MSH|a_PID|b_>", {"MSH|a_PID|b_"}},
    {"segments ended by CRLF", "<MSH|a$_PID|b$_>", {"MSH|a$_PID|b$_"}},
    {"empty lines inside", "<$$MSH|a$$$>", {"$$MSH|a$$$"}},
    {"NULs inside", "<MS0H|0>", {"MS0H|0"}},
    {"bytes of no character set inside", "<~~~>", {"~~~"}},
    {"text that is no HL7", "<hello>", {"hello"}},
    // Bytes between frames
    {"nothing at all", "", {}},
    {"LF after a frame", "<a>_", {"a"}, 1},
    {"CRLF after a frame", "<a>$_", {"a"}, 2},
    {"LF between frames", "<a>_<b>", {"a", "b"}, 1},
    {"CRLF before the first frame", "$_<a>", {"a"}, 2},
    {"NULs kept alive between frames", "<a>000<b>", {"a", "b"}, 3},
    {"an end block that ends nothing", ">", {}, 2},
    {"a second end block", "<a>><b>", {"a", "b"}, 2},
    {"a lone end block between frames", "<a>^<b>", {"a", "b"}, 1},
    {"a message without a frame", "MSH|a$PID|b$", {}, 12},
    {"a message without a start block", "MSH|a$>", {}, 8},
    {"the end of a frame that began before us", "ID|b$><a>", {"a"}, 7},
    {"HTTP", "GET / HTTP/1.1$_$_", {}, 18},
    {"TLS to a door in clear", "\x16\x03\x01", {}, 3},
    {"bytes of no character set between frames", "~~<a>~", {"a"}, 3},
    // Start blocks where none belongs
    {"a start block inside", "<one<two>", {"two"}, 3},
    {"two start blocks", "<<a>", {"a"}},
    {"a row of start blocks", "<<<<<<<<a>", {"a"}},
    {"start blocks alone", "<<<<", {}, 0, After::Inside},
    {"a frame that never ends, then a whole one", "<lost$<kept$>", {"kept$"}, 5},
    {"a start block at the very end", "<a><", {"a"}, 0, After::Inside},
    // Frames that have not ended
    {"the start block alone", "<", {}, 0, After::Inside},
    {"half a frame", "<MSH|a$", {}, 0, After::Inside},
    {"an end block without its carriage return yet", "<a^", {}, 0, After::Inside},
    {"a whole frame and half of one", "<a><b", {"a"}, 0, After::Inside},
    // End blocks that are none
    {"an end block inside", "<a^b>", {}, 3, After::Broken},
    {"end block and LF", "<a^_", {}, 1, After::Broken},
    {"end block and start block", "<a^<b>", {}, 4, After::Broken},
    {"two end blocks", "<a^^$", {}, 2, After::Broken},
    {"end block, NUL", "<^0", {}, 0, After::Broken},
    {"what follows a broken frame is not read", "<a^b<c><d>", {}, 9, After::Broken},
    {"what came before a broken frame is", "<a><b^b", {"a"}, 1, After::Broken},
    {"MLLP release 2's commit block", "<\x06>", {"\x06"}},
    {"MLLP release 2's refusal block", "<\x15>", {"\x15"}},
};

void check(const Vector& vector, const std::vector<std::string>& pieces) {
    FrameDecoder decoder;
    for (const std::string& piece : pieces) {
        decoder.feed(as_bytes(piece));
    }
    for (const std::string& expected : vector.frames) {
        const auto frame = decoder.next();
        REQUIRE(frame);
        CHECK(as_text(frame->body) == expand(expected));
        CHECK_FALSE(frame->cut);
    }
    CHECK_FALSE(decoder.next());
    CHECK(decoder.is_inside() == (vector.after == After::Inside));
    CHECK(decoder.is_broken() == (vector.after == After::Broken));
    CHECK(decoder.dropped_bytes() == vector.dropped);
}

}  // namespace

TEST_CASE("bytes on a connection are the frames that the standard says", "[clinic][mllp]") {
    static_assert(std::size(kVectors) >= 40);
    for (const Vector& vector : kVectors) {
        INFO(vector.name);
        const std::string bytes = expand(vector.bytes);
        check(vector, {bytes});
        std::vector<std::string> single;
        std::ranges::transform(bytes, std::back_inserter(single),
                               [](char byte) { return std::string(1, byte); });
        check(vector, single);
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            check(vector, {bytes.substr(0, cut), bytes.substr(cut)});
        }
    }
}
