#include "hub/codec/frame.hpp"

#include <algorithm>

#include "hub/base/check.hpp"

namespace carehub::codec {
namespace {

constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kSliceHeaderBytes = 8;
constexpr std::size_t kAlignment = 8;
constexpr std::uint8_t kVersion = 1;
static_assert(kHeaderBytes + kBatchSlicesMax * (kSliceHeaderBytes + kAlignment) <=
              kFrameOverheadBytesMax);

constexpr std::size_t padded(std::size_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

std::uint64_t read_number(ByteView bytes, std::size_t at, std::size_t width) {
    std::uint64_t value = 0;
    for (std::size_t i = width; i-- > 0;) {
        value = (value << 8U) | bytes[at + i];
    }
    return value;
}

void append_number(Bytes& bytes, std::uint64_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
}

tl::unexpected<Error> broken(std::string why) {
    return fail(ErrorCode::Invalid, "frame: " + std::move(why));
}

Status check_header(ByteView bytes) {
    if (bytes.size() > kFrameBytesMax) {
        return broken("longer than a frame may be");
    }
    if (bytes.size() < kHeaderBytes) {
        return broken("shorter than its header");
    }
    if (bytes[0] != 'C' || bytes[1] != 'H') {
        return broken("does not begin with CH");
    }
    if (bytes[2] != kVersion) {
        return fail(ErrorCode::Unsupported, "frame: protocol version is not 1");
    }
    if (bytes[3] == 0 || !is_known(static_cast<FrameType>(bytes[3]))) {
        return broken("unknown type");
    }
    if (read_number(bytes, 6, 2) != 0) {
        return broken("reserved bytes of the header are not zero");
    }
    return {};
}

Status check_count(FrameType type, std::size_t count) {
    const std::size_t count_max = holds_batch(type) ? kBatchSlicesMax : 1;
    if (count == 0 || count > count_max) {
        return broken("count of slices is out of bounds for its type");
    }
    return {};
}

/// The slice that begins at `at`; moves `at` behind its padding.
Result<ByteView> next_slice(ByteView bytes, std::size_t& at) {
    if (bytes.size() - at < kSliceHeaderBytes) {
        return broken("ends within a slice's header");
    }
    const auto length = static_cast<std::size_t>(read_number(bytes, at, 4));
    if (length == 0 || read_number(bytes, at + 4, 4) != 0) {
        return broken("a slice's header is out of bounds");
    }
    at += kSliceHeaderBytes;
    if (bytes.size() - at < padded(length)) {
        return broken("ends within a slice");
    }
    const ByteView padding = bytes.subspan(at + length, padded(length) - length);
    if (std::ranges::any_of(padding, [](std::uint8_t byte) { return byte != 0; })) {
        return broken("padding is not zero");
    }
    const ByteView slice = bytes.subspan(at, length);
    at += padded(length);
    return slice;
}

}  // namespace

bool holds_batch(FrameType type) {
    return type == FrameType::Submit || type == FrameType::Receipts || type == FrameType::Notices ||
           type == FrameType::Command || type == FrameType::Verdict;
}

Result<Frame> parse_frame(ByteView bytes) {
    CAREHUB_TRY_DONE(check_header(bytes));
    Frame frame{static_cast<FrameType>(bytes[3]), read_number(bytes, 8, 8), {}};
    const auto count = static_cast<std::size_t>(read_number(bytes, 4, 2));
    CAREHUB_TRY_DONE(check_count(frame.type, count));
    frame.slices.reserve(count);
    std::size_t at = kHeaderBytes;
    std::size_t slice_bytes = 0;
    for (std::size_t i = 0; i < count; ++i) {
        CAREHUB_TRY(const ByteView slice, next_slice(bytes, at));
        slice_bytes += slice.size();
        frame.slices.push_back(slice);
    }
    if (count > 1 && slice_bytes > kBatchBytesMax) {
        return broken("its slices together are larger than a batch may be");
    }
    if (at != bytes.size()) {
        return broken("bytes follow the last slice");
    }
    return frame;
}

FrameWriter::FrameWriter(FrameType type, std::uint64_t first_ticket)
    : type_(type), first_ticket_(first_ticket) {}

bool FrameWriter::add(ByteView slice) {
    CAREHUB_CHECK(!slice.empty(), "a slice holds a FlatBuffer");
    const std::size_t before = bytes_.empty() ? kHeaderBytes : bytes_.size();
    const std::size_t count_max = holds_batch(type_) ? kBatchSlicesMax : 1;
    if (count_ == count_max || before + kSliceHeaderBytes + padded(slice.size()) > kFrameBytesMax ||
        (count_ > 0 && slice_bytes_ + slice.size() > kBatchBytesMax)) {
        return false;
    }
    bytes_.resize(before);
    append_number(bytes_, slice.size(), 4);
    append_number(bytes_, 0, 4);
    bytes_.insert(bytes_.end(), slice.begin(), slice.end());
    bytes_.resize(padded(bytes_.size()));
    slice_bytes_ += slice.size();
    ++count_;
    return true;
}

Bytes FrameWriter::finish() {
    CAREHUB_CHECK(count_ > 0, "a frame holds at least one slice");
    Bytes header;
    header.reserve(kHeaderBytes);
    header.insert(header.end(), {'C', 'H', kVersion, static_cast<std::uint8_t>(type_)});
    append_number(header, count_, 2);
    append_number(header, 0, 2);
    append_number(header, first_ticket_, 8);
    std::ranges::copy(header, bytes_.begin());
    count_ = 0;
    slice_bytes_ = 0;
    return std::exchange(bytes_, {});
}

Result<Bytes> frame_of(FrameType type, ByteView slice) {
    FrameWriter writer(type, 0);
    if (slice.empty() || !writer.add(slice)) {
        return broken("a message does not fit into one");
    }
    return writer.finish();
}

}  // namespace carehub::codec
