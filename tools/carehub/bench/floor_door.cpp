#include "tools/carehub/bench/floor_door.hpp"

#include <algorithm>

#include "hub/base/limits.hpp"
#include "hub/codec/control.hpp"
#include "tools/carehub/bench/floor_bytes.hpp"

namespace carehub::tool::bench {

using codec::FrameType;

namespace {

/// As the hub hands on to its core at a time.
constexpr std::size_t kInputEventsMax = 256;
constexpr std::size_t kWaitingFramesMax = 1'024;

}  // namespace

Result<FloorBatch> FloorDoor::read() {
    FloorBatch batch;
    std::size_t events = 0;
    for (more_ = true; events < kInputEventsMax;) {
        CAREHUB_TRY(auto received, port_.receive());
        if (!received) {
            more_ = false;
            break;
        }
        FloorMessage message;
        message.from = std::move(received->routing_id);
        message.bytes = std::move(received->bytes);
        CAREHUB_TRY(message.frame, codec::parse_frame(message.bytes));
        if (message.frame.type != FrameType::Submit) {
            CAREHUB_TRY_DONE(control(message.from, message.frame));
            continue;
        }
        events += message.frame.slices.size();
        batch.push_back(std::move(message));
    }
    return batch;
}

Status FloorDoor::control(const std::string& from, const codec::Frame& frame) {
    if (frame.type == FrameType::Hello) {
        return answer_hello(from, frame.slices.front());
    }
    if (frame.type == FrameType::Subscribe) {
        subscribers_.push_back(from);
        CAREHUB_TRY(const Bytes slice, codec::encode_caught_up({}));
        CAREHUB_TRY(Bytes told, codec::frame_of(FrameType::CaughtUp, slice));
        return send(from, std::move(told));
    }
    if (frame.type == FrameType::Goodbye) {
        std::erase(subscribers_, from);
    }
    return {};  // acknowledgements, credit, heartbeats: taken, and nothing is kept
}

Status FloorDoor::answer_hello(const std::string& to, ByteView slice) {
    CAREHUB_TRY(const auto hello, codec::decode_hello(slice));
    codec::Welcome welcome;
    welcome.nonce = hello.nonce;
    welcome.submit_credit = kSubmitCreditMax;
    welcome.session = 1;
    CAREHUB_TRY(const Bytes answer, codec::encode_welcome(welcome));
    CAREHUB_TRY(Bytes frame, codec::frame_of(FrameType::Welcome, answer));
    return send(to, std::move(frame));
}

Status FloorDoor::release(const FloorCommit& commit) {
    CAREHUB_TRY_DONE(send_receipts(commit));
    return send_notices(commit);
}

Status FloorDoor::send_receipts(const FloorCommit& commit) {
    std::uint64_t sequence = commit.first_sequence;
    std::map<std::string, codec::FrameWriter> writers;
    Bytes receipt(kFloorReceiptBytes);
    std::ranges::copy(commit.root, receipt.begin() + 2 * sizeof(std::uint64_t));
    for (const FloorMessage& message : commit.messages) {
        codec::FrameWriter& writer =
            writers.try_emplace(message.from, FrameType::Receipts, 0).first->second;
        for (std::size_t i = 0; i < message.frame.slices.size(); ++i) {
            put_word(receipt, 0, message.frame.first_ticket + i);
            put_word(receipt, sizeof(std::uint64_t), sequence++);
            if (!writer.add(receipt)) {
                CAREHUB_TRY_DONE(send(message.from, writer.finish()));
                (void)writer.add(receipt);  // an empty frame has room
            }
        }
    }
    for (auto& [to, writer] : writers) {
        CAREHUB_TRY_DONE(writer.count() > 0 ? send(to, writer.finish()) : Status{});
    }
    return {};
}

Status FloorDoor::send_notices(const FloorCommit& commit) {
    codec::FrameWriter writer(FrameType::Notices, 0);
    for (const FloorMessage& message : commit.messages) {
        for (const ByteView event : message.frame.slices) {
            if (!writer.add(event)) {
                CAREHUB_TRY_DONE(deliver(writer.finish()));
                (void)writer.add(event);  // an empty frame has room
            }
        }
    }
    return writer.count() > 0 ? deliver(writer.finish()) : Status{};
}

Status FloorDoor::deliver(const Bytes& frame) {
    for (const std::string& subscriber : subscribers_) {
        CAREHUB_TRY_DONE(send(subscriber, frame));
    }
    return {};
}

Status FloorDoor::send(const std::string& to, Bytes frame) {
    std::deque<Bytes>& outbox = outboxes_[to];
    if (outbox.empty()) {
        CAREHUB_TRY(const auto sent, port_.send(to, frame));
        if (sent != transport::SendResult::Full) {
            return {};  // to one that has gone: nothing to keep
        }
    }
    outbox.push_back(std::move(frame));
    ++waiting_;
    return {};
}

Status FloorDoor::flush() {
    for (auto& [to, outbox] : outboxes_) {
        while (!outbox.empty()) {
            CAREHUB_TRY(const auto sent, port_.send(to, outbox.front()));
            if (sent == transport::SendResult::Full) {
                break;
            }
            outbox.pop_front();
            --waiting_;
        }
    }
    return {};
}

bool FloorDoor::wants_input() const { return waiting_ <= kWaitingFramesMax; }

}  // namespace carehub::tool::bench
