// The frame: what one ZeroMQ message holds, the only bytes on the wire that are not FlatBuffers.
//
//   offset  size  field
//        0     2  'C' 'H'
//        2     1  protocol version: 1
//        3     1  type (FrameType)
//        4     2  count of slices, little-endian, 1 to 64
//        6     2  reserved, 0
//        8     8  first ticket, little-endian: slice i has this + i; 0 where tickets mean nothing
//   then for each slice
//        0     4  length of the FlatBuffer in bytes, little-endian, at least 1
//        4     4  reserved, 0
//        8     n  the FlatBuffer, with its file identifier
//      8+n   0-7  zeros up to a multiple of 8
//
// The whole is at most kFrameBytesMax; the FlatBuffers together are at most kBatchBytesMax, but for
// a slice that is alone. Every FlatBuffer begins at a multiple of 8; nothing follows the last one.
//
// Contract: parse_frame accepts exactly these bytes; it looks into no FlatBuffer.
// Errors: Invalid names the first rule that is broken; Unsupported: another protocol version.
// Lifetime: the slices of a Frame view the bytes that were parsed.
// Threads: any thread; a FrameWriter is confined to one.
#pragma once

#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/base/limits.hpp"
#include "hub/model/enum_names.hpp"

namespace carehub::codec {

/// Numbered as on the wire: append only.
enum class FrameType : std::uint8_t {
    Unset,
    Hello,           ///< 1  client: opens a session
    Welcome,         ///< 2  hub: the session is open
    Submit,          ///< 3  client: Submissions
    Receipts,        ///< 4  hub: Receipts of submissions and commands
    Credit,          ///< 5  client: room for so many more notices
    Heartbeat,       ///< 6  either
    HeartbeatReply,  ///< 7  the other
    Subscribe,       ///< 8  client
    Notices,         ///< 9  hub: Notices
    Acknowledge,     ///< 10 client
    Command,         ///< 11 staff: Commands
    Question,        ///< 12 staff
    Answer,          ///< 13 hub: a part of an answer
    Goodbye,         ///< 14 either: the session is over
    CaughtUp,        ///< 15 hub: what was owed at Subscribe is sent
    Verdict,         ///< 16 client: what became of a notice at its own place
};

/// True for Submit, Receipts, Notices, Command and Verdict; the others hold one slice.
[[nodiscard]] bool holds_batch(FrameType type);

struct Frame {
    FrameType type = FrameType::Unset;
    std::uint64_t first_ticket = 0;
    std::vector<ByteView> slices;
};

[[nodiscard]] Result<Frame> parse_frame(ByteView bytes);

/// Gathers slices until the frame is full.
class FrameWriter {
public:
    FrameWriter(FrameType type, std::uint64_t first_ticket);

    /// False, and nothing is added, when the slice does not fit beside what is here; a slice that
    /// does not fit into an empty frame fits into none.
    [[nodiscard]] bool add(ByteView slice);
    [[nodiscard]] std::size_t count() const { return count_; }
    /// The finished frame; requires count() > 0. The writer is empty after it.
    [[nodiscard]] Bytes finish();

private:
    FrameType type_;
    std::uint64_t first_ticket_;
    Bytes bytes_;
    std::size_t count_ = 0;
    std::size_t slice_bytes_ = 0;
};

/// One slice in one frame, for control messages. Invalid when it does not fit.
[[nodiscard]] Result<Bytes> frame_of(FrameType type, ByteView slice);

}  // namespace carehub::codec

namespace carehub {
template <>
inline constexpr std::string_view kEnumNames<codec::FrameType>[] = {
    "Unset",     "Hello",          "Welcome",   "Submit",   "Receipts",    "Credit",
    "Heartbeat", "HeartbeatReply", "Subscribe", "Notices",  "Acknowledge", "Command",
    "Question",  "Answer",         "Goodbye",   "CaughtUp", "Verdict"};
}  // namespace carehub
