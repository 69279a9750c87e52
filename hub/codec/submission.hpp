// Submissions as they cross the wire: a FlatBuffer each, identifier "CHEV" (schemas/event.fbs).
//
// Contract: decode_submission(encode_submission(x)) is x, or the refusal that the hub would answer.
// What decode_submission returns has passed every check a single message allows: the buffer
// verifies, schema version 1, known numbers, valid UTF-8, bounds of base/limits.hpp, required
// fields, and the payload its kind asks for. Whether the sender may say it is the core's question.
// Errors: a refused buffer is a Refusal (reason, field path, fix); it never repeats field values.
// Threads: any thread; a SubmissionEncoder is confined to one.
#pragma once

#include <memory>
#include <optional>

#include <tl/expected.hpp>

#include "hub/base/error.hpp"
#include "hub/model/refusal.hpp"
#include "hub/model/submission.hpp"

namespace carehub::codec {

inline constexpr std::uint16_t kSubmissionSchema = 1;

/// Invalid when the encoded event is above kEventBytesMax.
[[nodiscard]] Result<Bytes> encode_submission(const Submission& submission);

[[nodiscard]] tl::expected<Submission, Refusal> decode_submission(ByteView buffer);

/// The required fields, and payload by kind: what decode_submission asks after reading. An adapter
/// asks it before it spools, so that nothing waits on disk that the hub must refuse.
[[nodiscard]] std::optional<Refusal> check_submission(const Submission& submission);

/// Encodes one after another in the same memory.
class SubmissionEncoder {
public:
    SubmissionEncoder();
    SubmissionEncoder(SubmissionEncoder&&) noexcept;
    SubmissionEncoder& operator=(SubmissionEncoder&&) noexcept;
    ~SubmissionEncoder();

    /// The view holds until the next call. Invalid when the event is above kEventBytesMax.
    [[nodiscard]] Result<ByteView> encode(const Submission& submission);

private:
    struct Memory;
    std::unique_ptr<Memory> memory_;
};

}  // namespace carehub::codec
