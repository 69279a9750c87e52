// Whatever the bytes: an answer, never a crash. Run under the sanitizers these tests see every
// read.
#include "hub/codec/command.hpp"
#include "hub/codec/control.hpp"
#include "hub/codec/entry.hpp"
#include "hub/codec/frame.hpp"
#include "hub/codec/notice.hpp"
#include "hub/codec/receipt.hpp"
#include "hub/codec/submission.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/codec/filler.hpp"

namespace carehub::codec {
namespace {

/// Gives the bytes to every decoder; how many of them took them for theirs.
int accepted_by(ByteView bytes) {
    return static_cast<int>(decode_submission(bytes).has_value()) +
           static_cast<int>(decode_command(bytes).has_value()) +
           static_cast<int>(decode_notice(bytes).has_value()) +
           static_cast<int>(decode_receipt(bytes).has_value()) +
           static_cast<int>(decode_entry(bytes).has_value()) +
           static_cast<int>(decode_decisions(bytes).has_value()) +
           static_cast<int>(decode_hello(bytes).has_value()) +
           static_cast<int>(decode_question(bytes).has_value()) +
           static_cast<int>(decode_answer_part(bytes).has_value()) +
           static_cast<int>(parse_frame(bytes).has_value());
}

std::vector<Bytes> valid_buffers(Prng& prng) {
    FrameWriter writer(FrameType::Submit, 1);
    const Bytes submission = *encode_submission(random_submission(prng));
    REQUIRE(writer.add(submission));
    return {submission,
            *encode_command(random_command(prng)),
            *encode_notice(random_record<Notice>(prng)),
            *encode_receipt(random_record<Receipt>(prng)),
            *encode_entry(random_record<Entry>(prng)),
            *encode_decisions(random_record<Decisions>(prng)),
            *encode_question(random_record<Question>(prng)),
            writer.finish()};
}

TEST_CASE("random bytes are nobody's message", "[codec][hostile]") {
    Prng prng(3);
    for (int i = 0; i < 3'000; ++i) {
        Bytes bytes(prng.below(400));
        std::ranges::generate(bytes, [&prng] { return static_cast<std::uint8_t>(prng.next()); });
        CHECK(accepted_by(bytes) == 0);
    }
}

TEST_CASE("a valid buffer is taken by its own decoder alone", "[codec][hostile]") {
    Prng prng(4);
    for (const Bytes& buffer : valid_buffers(prng)) {
        CHECK(accepted_by(buffer) == 1);
    }
}

TEST_CASE("a buffer cut anywhere is refused, at worst read in part, and never read beyond",
          "[codec][hostile]") {
    Prng prng(5);
    for (const Bytes& buffer : valid_buffers(prng)) {
        const std::size_t stride = 1 + buffer.size() / 300;
        for (std::size_t size = 0; size < buffer.size(); size += stride) {
            // A copy of exact size, so that a read beyond it is seen.
            const Bytes cut(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(size));
            CHECK(accepted_by(cut) <= 1);
        }
    }
}

TEST_CASE("a buffer with changed bytes is read or refused, never misread beyond its end",
          "[codec][hostile]") {
    Prng prng(6);
    for (int round = 0; round < 30; ++round) {
        for (Bytes buffer : valid_buffers(prng)) {
            for (int change = 0; change < 8; ++change) {
                buffer[prng.below(buffer.size())] = static_cast<std::uint8_t>(prng.next());
                CHECK(accepted_by(buffer) <= 1);
            }
        }
    }
}

TEST_CASE("a buffer may begin at any address", "[codec][hostile]") {
    Prng prng(7);
    const Submission submission = random_submission(prng);
    const Bytes buffer = *encode_submission(submission);
    for (std::size_t shift = 0; shift < 16; ++shift) {
        Bytes shifted(shift);
        shifted.insert(shifted.end(), buffer.begin(), buffer.end());
        const auto decoded = decode_submission(ByteView(shifted).subspan(shift));
        REQUIRE(decoded);
        CHECK(*decoded == submission);
    }
}

TEST_CASE("a union of an unknown type is refused", "[codec][hostile]") {
    flatbuffers::FlatBufferBuilder builder;
    wire::SubmissionBuilder submission(builder);
    submission.add_payload_type(static_cast<wire::Payload>(11));
    builder.Finish(submission.Finish(), wire::SubmissionIdentifier());
    const auto decoded = decode_submission({builder.GetBufferPointer(), builder.GetSize()});
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().reason == RefusalReason::InvalidField);
    CHECK(decoded.error().field == "payload_type");
}

TEST_CASE("a union that names a table without giving it is refused", "[codec][hostile]") {
    flatbuffers::FlatBufferBuilder builder;
    wire::SubmissionBuilder submission(builder);
    submission.add_payload_type(wire::Payload::Obligation);
    builder.Finish(submission.Finish(), wire::SubmissionIdentifier());
    const auto decoded = decode_submission({builder.GetBufferPointer(), builder.GetSize()});
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().reason == RefusalReason::MissingField);
    CHECK(decoded.error().field == "payload");
}

TEST_CASE("a list whose items are not aligned is refused", "[codec][hostile]") {
    const auto notice_with_evidence_at = [](std::size_t padding) {
        flatbuffers::FlatBufferBuilder builder;
        for (std::size_t i = 0; i < padding; ++i) {
            builder.PushElement<std::uint32_t>(0);
        }
        constexpr std::size_t kItems = 2;
        builder.StartVector(2 * kItems, sizeof(std::uint32_t));  // each item as two halves
        for (std::size_t i = 0; i < 2 * kItems; ++i) {
            builder.PushElement<std::uint32_t>(1);
        }
        const flatbuffers::Offset<flatbuffers::Vector<std::uint64_t>> evidence =
            builder.EndVector(kItems);
        wire::AlertBuilder alert(builder);
        alert.add_evidence(evidence);
        const auto told = alert.Finish();
        wire::NoticeBuilder notice(builder);
        notice.add_number(1);  // 8 bytes wide: the buffer's own alignment
        notice.add_alert(told);
        builder.Finish(notice.Finish(), wire::NoticeIdentifier());
        return decode_notice({builder.GetBufferPointer(), builder.GetSize()});
    };
    REQUIRE(notice_with_evidence_at(0));
    const auto refused = notice_with_evidence_at(1);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().context.find("alert.evidence") != std::string::npos);
}

TEST_CASE("a list whose items share one text is refused before it grows large",
          "[codec][hostile]") {
    const auto answer_of = [](std::size_t lines) {
        flatbuffers::FlatBufferBuilder builder;
        const auto line = builder.CreateString(std::string(kAnswerLineBytesMax, 'x'));
        const auto shared = builder.CreateVector(std::vector(lines, line));
        builder.Finish(wire::CreateAnswerPart(builder, 1, shared), "CHAN");
        return decode_answer_part({builder.GetBufferPointer(), builder.GetSize()});
    };
    CHECK(answer_of(4));
    const auto refused = answer_of(kAnswerLinesMax);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().context.find("TooLarge at lines[") != std::string::npos);
}

}  // namespace
}  // namespace carehub::codec
