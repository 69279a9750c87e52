#include "adapters/clinic/mllp_frame.hpp"

#include <algorithm>

#include "adapters/clinic/limits.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::uint8_t kStartBlock = 0x0B;
constexpr std::uint8_t kEndBlock = 0x1C;
constexpr std::uint8_t kCarriageReturn = 0x0D;

bool is_plain(std::uint8_t byte) { return byte != kStartBlock && byte != kEndBlock; }

}  // namespace

void FrameDecoder::feed(ByteView bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (state_ != State::Inside || !is_plain(bytes[at])) {
            take(bytes[at++]);
            continue;
        }
        const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        const auto to = std::find_if_not(from, bytes.end(), is_plain);
        const auto run = static_cast<std::size_t>(to - from);
        const std::size_t room = kMessageBytesMax - current_.body.size();
        current_.body.insert(current_.body.end(), from,
                             from + static_cast<std::ptrdiff_t>(std::min(run, room)));
        current_.cut = current_.cut || run > room;
        at += run;
    }
}

void FrameDecoder::take(std::uint8_t byte) {
    switch (state_) {
        case State::Outside:
            if (byte == kStartBlock) {
                state_ = State::Inside;
            } else {
                ++dropped_bytes_;
            }
            return;
        case State::Inside: return take_inside(byte);
        case State::Ending:
            if (byte == kCarriageReturn) {
                return finish();
            }
            dropped_bytes_ += current_.body.size();
            state_ = State::Broken;
            return;
        case State::Broken: ++dropped_bytes_; return;
    }
}

void FrameDecoder::take_inside(std::uint8_t byte) {
    if (byte == kEndBlock) {
        state_ = State::Ending;
        return;
    }
    dropped_bytes_ += current_.body.size();
    current_ = {};
}

void FrameDecoder::finish() {
    ready_.push_back(std::move(current_));
    current_ = {};
    state_ = State::Outside;
}

std::optional<Frame> FrameDecoder::next() {
    if (ready_.empty()) {
        return std::nullopt;
    }
    Frame frame = std::move(ready_.front());
    ready_.pop_front();
    return frame;
}

Bytes make_frame(std::string_view message) {
    Bytes frame;
    frame.reserve(message.size() + 3);
    frame.push_back(kStartBlock);
    const ByteView body = as_bytes(message);
    frame.insert(frame.end(), body.begin(), body.end());
    frame.push_back(kEndBlock);
    frame.push_back(kCarriageReturn);
    return frame;
}

}  // namespace carehub::adapters::clinic
