#include "hub/codec/submission.hpp"

#include "hub/codec/submission_tables.hpp"
#include "hub/codec/wire_buffer.hpp"

namespace carehub::codec {

struct SubmissionEncoder::Memory {
    flatbuffers::FlatBufferBuilder builder;
};

SubmissionEncoder::SubmissionEncoder() : memory_(std::make_unique<Memory>()) {}
SubmissionEncoder::SubmissionEncoder(SubmissionEncoder&&) noexcept = default;
SubmissionEncoder& SubmissionEncoder::operator=(SubmissionEncoder&&) noexcept = default;
SubmissionEncoder::~SubmissionEncoder() = default;

Result<ByteView> SubmissionEncoder::encode(const Submission& submission) {
    memory_->builder.Clear();
    const ByteView bytes = write_root(memory_->builder, submission, wire::SubmissionIdentifier());
    if (bytes.size() > kEventBytesMax) {
        return fail(ErrorCode::Invalid,
                    "an event is above event_bytes_max as encoded: send less in one event");
    }
    return bytes;
}

Result<Bytes> encode_submission(const Submission& submission) {
    SubmissionEncoder encoder;
    CAREHUB_TRY(const ByteView bytes, encoder.encode(submission));
    return Bytes(bytes.begin(), bytes.end());
}

namespace {

/// Returned where it was made: a submission is large to move.
tl::expected<Submission, Refusal> read_submission(ByteView buffer) {
    auto submission =
        read_wire<Submission>(buffer, wire::SubmissionIdentifier(), kSubmissionReadBounds);
    if (submission) {
        if (auto refusal = check_submission(*submission)) {
            submission = tl::unexpected<Refusal>(std::move(*refusal));
        }
    }
    return submission;
}

}  // namespace

tl::expected<Submission, Refusal> decode_submission(ByteView buffer) {
    if (buffer.size() > kEventBytesMax) {
        return tl::unexpected<Refusal>(
            {RefusalReason::TooLarge,
             {},
             "send at most " + std::to_string(kEventBytesMax) + " bytes an event"});
    }
    return read_submission(buffer);
}

}  // namespace carehub::codec
