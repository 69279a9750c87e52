// One root table in one buffer: verify, read, write. Always in this order: aligned bytes, file
// identifier, FlatBuffers verifier with tight limits, then Reader's own checks.
#pragma once

#include <tl/expected.hpp>

#include "hub/base/error.hpp"
#include "hub/codec/limits.hpp"
#include "hub/codec/wire_reader.hpp"
#include "hub/codec/wire_writer.hpp"

namespace carehub::codec {

/// Our widest scalar. FlatBuffers aligns relative to the buffer's start, so it must be aligned.
inline constexpr std::size_t kBufferAlignment = 8;
static_assert(__STDCPP_DEFAULT_NEW_ALIGNMENT__ >= kBufferAlignment, "a copy in Bytes is aligned");

/// The bytes themselves when they are aligned, else a copy that is.
class AlignedBytes {
public:
    explicit AlignedBytes(ByteView bytes);
    AlignedBytes(const AlignedBytes&) = delete;
    AlignedBytes& operator=(const AlignedBytes&) = delete;
    [[nodiscard]] ByteView view() const { return view_; }

private:
    Bytes copy_;
    ByteView view_;
};

struct VerifyBounds {
    std::uint32_t depth_max;
    std::uint32_t tables_max;
};

/// Bounds for what strangers send and for what the hub wrote itself.
inline constexpr VerifyBounds kWireVerifyBounds{kVerifierDepthMax, kVerifierTablesMax};
inline constexpr ReadBounds kWireReadBounds{kNameBytesMax, kListMax, kDecodedBytesMax, kNever};
inline constexpr ReadBounds kSubmissionReadBounds{kNameBytesMax, kListMax, kDecodedBytesMax,
                                                  kLastTime};
inline constexpr VerifyBounds kStoredVerifyBounds{kVerifierDepthMax, kStoredTablesMax};
inline constexpr ReadBounds kStoredReadBounds{kStoredBytesMax, kStoredBytesMax,
                                              16 * kStoredBytesMax, kNever};

/// The root table, or null when the buffer does not verify. `bytes` must be aligned.
template <class Table>
const Table* verified_root(ByteView bytes, const char* identifier, const VerifyBounds& bounds) {
    if (bytes.size() < sizeof(flatbuffers::uoffset_t) + flatbuffers::kFileIdentifierLength ||
        bytes.size() >= FLATBUFFERS_MAX_BUFFER_SIZE) {
        return nullptr;
    }
    flatbuffers::Verifier verifier(bytes.data(), bytes.size(), bounds.depth_max, bounds.tables_max);
    return verifier.VerifyBuffer<Table>(identifier) ? flatbuffers::GetRoot<Table>(bytes.data())
                                                    : nullptr;
}

/// What is told of a buffer that does not verify.
[[nodiscard]] Refusal not_verified(const char* identifier);

/// Reads a verified table; on failure says why.
template <class Record>
tl::expected<Record, Refusal> read_root(const typename Wire<Record>::Table& root,
                                        const ReadBounds& bounds) {
    tl::expected<Record, Refusal> record;  // filled where the caller has it: records are large
    Reader reader(bounds);
    if (!reader.table(root, *record)) {
        record = tl::unexpected<Refusal>(std::move(reader).refusal());
    }
    return record;
}

/// Reads a buffer of the wire; on failure says why.
template <class Record>
tl::expected<Record, Refusal> read_wire(ByteView buffer, const char* identifier,
                                        const ReadBounds& bounds = kWireReadBounds) {
    if (buffer.size() > kFrameBytesMax) {
        return tl::unexpected<Refusal>({RefusalReason::TooLarge, {}, "send less in one message"});
    }
    const AlignedBytes aligned(buffer);
    const auto* root =
        verified_root<typename Wire<Record>::Table>(aligned.view(), identifier, kWireVerifyBounds);
    if (root == nullptr) {
        return tl::unexpected<Refusal>(not_verified(identifier));
    }
    return read_root<Record>(*root, bounds);
}

/// "hello: InvalidField at purpose: use a number that the schema lists"
[[nodiscard]] Error to_error(std::string_view what, const Refusal& refusal);

/// As read_wire, for messages to which no refusal is an answer.
template <class Record>
Result<Record> read_message(ByteView buffer, const char* identifier, std::string_view what) {
    auto record = read_wire<Record>(buffer, identifier);
    if (!record) {
        return tl::unexpected<Error>(to_error(what, record.error()));
    }
    return std::move(*record);
}

/// Writes `record` as the root of `builder`, which must be clear. The view lives as long as the
/// builder's contents.
template <class Record>
ByteView write_root(flatbuffers::FlatBufferBuilder& builder, const Record& record,
                    const char* identifier) {
    builder.Finish(Writer(builder).table(record), identifier);
    return {builder.GetBufferPointer(), builder.GetSize()};
}

/// The calling thread's own builder, clear: its memory is used again and again.
[[nodiscard]] flatbuffers::FlatBufferBuilder& builder_of_thread();

/// Writes a record into bytes of its own, at most `bytes_max` of them.
template <class Record>
Result<Bytes> write_message(const Record& record, const char* identifier, std::string_view what,
                            std::size_t bytes_max) {
    flatbuffers::FlatBufferBuilder& builder = builder_of_thread();
    const ByteView bytes = write_root(builder, record, identifier);
    if (bytes.size() > bytes_max) {
        return fail(ErrorCode::Invalid, std::string(what) + " is larger than its bound as encoded");
    }
    return Bytes(bytes.begin(), bytes.end());
}

}  // namespace carehub::codec
