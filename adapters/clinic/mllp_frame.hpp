// MLLP release 1: a message between 0x0B and 0x1C 0x0D.
//
// Contract: bytes come in any pieces; frames go out in order. Bytes outside frames are dropped and
// counted. A frame above kMessageBytesMax comes out cut, marked, once its end was seen: the
// connection can go on. 0x0B inside a frame drops the unfinished one and begins anew.
// Errors: is_broken() once 0x1C was followed by anything but 0x0D; nothing is read after that.
// Threads: confined to one thread.
#pragma once

#include <deque>
#include <optional>
#include <string_view>

#include "hub/base/bytes.hpp"

namespace carehub::adapters::clinic {

struct Frame {
    Bytes body;
    bool cut = false;  ///< longer than kMessageBytesMax; `body` holds its beginning
};

class FrameDecoder {
public:
    void feed(ByteView bytes);
    [[nodiscard]] std::optional<Frame> next();
    [[nodiscard]] bool is_broken() const { return state_ == State::Broken; }
    /// A frame has begun and not ended.
    [[nodiscard]] bool is_inside() const {
        return state_ == State::Inside || state_ == State::Ending;
    }
    /// Bytes that belonged to no complete frame.
    [[nodiscard]] std::uint64_t dropped_bytes() const { return dropped_bytes_; }

private:
    enum class State { Outside, Inside, Ending, Broken };

    void take(std::uint8_t byte);
    void take_inside(std::uint8_t byte);
    void finish();

    State state_ = State::Outside;
    Frame current_;
    std::deque<Frame> ready_;
    std::uint64_t dropped_bytes_ = 0;
};

[[nodiscard]] Bytes make_frame(std::string_view message);

}  // namespace carehub::adapters::clinic
