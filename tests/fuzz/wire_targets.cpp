#include "hub/base/check.hpp"
#include "hub/codec/command.hpp"
#include "hub/codec/control.hpp"
#include "hub/codec/frame.hpp"
#include "hub/codec/notice.hpp"
#include "hub/codec/receipt.hpp"
#include "hub/codec/submission.hpp"
#include "tests/fuzz/targets.hpp"

namespace carehub::fuzz {
namespace {

using namespace codec;

/// Gives the slice to the decoder that its frame's type names.
bool decode_slice(FrameType type, ByteView slice) {
    switch (type) {
        case FrameType::Hello: return decode_hello(slice).has_value();
        case FrameType::Welcome: return decode_welcome(slice).has_value();
        case FrameType::Submit: return decode_submission(slice).has_value();
        case FrameType::Receipts: return decode_receipt(slice).has_value();
        case FrameType::Credit: return decode_credit(slice).has_value();
        case FrameType::Heartbeat:
        case FrameType::HeartbeatReply: return decode_heartbeat(slice).has_value();
        case FrameType::Subscribe: return decode_subscribe(slice).has_value();
        case FrameType::Notices: return decode_notice(slice).has_value();
        case FrameType::Acknowledge: return decode_acknowledge(slice).has_value();
        case FrameType::Command: return decode_command(slice).has_value();
        case FrameType::Question: return decode_question(slice).has_value();
        case FrameType::Answer: return decode_answer_part(slice).has_value();
        case FrameType::Goodbye: return decode_goodbye(slice).has_value();
        case FrameType::CaughtUp: return decode_caught_up(slice).has_value();
        case FrameType::Verdict: return decode_verdict(slice).has_value();
        case FrameType::Unset: break;
    }
    return false;
}

/// What was read, written again, must be read as the same; it may be too large to be written, since
/// texts that shared one place each get their own.
template <class Value, class Encode, class Decode>
void check_round_trip(const Value& value, Encode encode, Decode decode) {
    if (const auto written = encode(value)) {
        const auto again = decode(*written);
        CAREHUB_CHECK(again && *again == value, "what was read reads differently when written");
    }
}

}  // namespace

bool run_frame(ByteView bytes) {
    const auto frame = parse_frame(bytes);
    if (!frame) {
        return false;
    }
    FrameWriter writer(frame->type, frame->first_ticket);
    bool all_decode = true;
    for (const ByteView slice : frame->slices) {
        CAREHUB_CHECK(writer.add(slice), "a frame that was read cannot be written");
        all_decode = decode_slice(frame->type, slice) && all_decode;
    }
    const Bytes written = writer.finish();
    CAREHUB_CHECK(std::ranges::equal(written, bytes), "a frame has two spellings");
    return all_decode;
}

bool run_submission(ByteView bytes) {
    const auto submission = decode_submission(bytes);
    if (submission) {
        check_round_trip(*submission, encode_submission, decode_submission);
    }
    return submission.has_value();
}

bool run_command(ByteView bytes) {
    const auto command = decode_command(bytes);
    if (command) {
        check_round_trip(*command, encode_command, decode_command);
    }
    return command.has_value();
}

}  // namespace carehub::fuzz
