#include "adapters/kit/framed_record.hpp"

#include <algorithm>
#include <array>

#include "adapters/kit/sha256.hpp"

namespace carehub::adapters {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kFrontBytes = 5;  // length and type: what the checksum covers of the head
constexpr std::size_t kChecksumBytes = 8;
static_assert(kFrontBytes + kChecksumBytes == kRecordHeadBytes);

using Head = std::array<std::uint8_t, kRecordHeadBytes>;

std::array<std::uint8_t, kChecksumBytes> checksum(ByteView front, ByteView body) {
    thread_local Sha256 hash;
    hash.add(front);
    hash.add(body);
    const Hash256 digest = hash.finish();
    std::array<std::uint8_t, kChecksumBytes> sum{};
    std::copy_n(digest.begin(), sum.size(), sum.begin());
    return sum;
}

Result<bool> read_head(const File& file, std::uint64_t offset, Head& head) {
    CAREHUB_TRY(const std::size_t got, file.read_at(offset, head));
    return got == head.size();
}

RecordFront front_of(const Head& head) {
    return {head[kLengthBytes], get_number(ByteView(head).first(kLengthBytes))};
}

}  // namespace

void put_number(Bytes& out, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
    }
}

std::uint64_t get_number(ByteView bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        value |= std::uint64_t{bytes[i]} << (8 * i);
    }
    return value;
}

void put_record(Bytes& out, std::uint8_t type, ByteView body) {
    const std::size_t begin = out.size();
    put_number(out, body.size(), kLengthBytes);
    out.push_back(type);
    const auto sum = checksum(ByteView(out).subspan(begin, kFrontBytes), body);
    out.insert(out.end(), sum.begin(), sum.end());
    out.insert(out.end(), body.begin(), body.end());
}

Result<std::optional<RecordFront>> read_front(const File& file, std::uint64_t offset) {
    Head head{};
    CAREHUB_TRY(const bool whole, read_head(file, offset, head));
    return whole ? std::optional(front_of(head)) : std::nullopt;
}

Result<std::optional<FramedRecord>> read_record(const File& file, std::uint64_t offset,
                                                std::size_t body_bytes_max) {
    Head head{};
    CAREHUB_TRY(const bool whole, read_head(file, offset, head));
    const RecordFront front = front_of(head);
    if (!whole || front.body_bytes > body_bytes_max) {
        return std::optional<FramedRecord>{};
    }
    FramedRecord record;
    record.type = front.type;
    record.body.resize(static_cast<std::size_t>(front.body_bytes));
    record.end = offset + head.size() + front.body_bytes;
    CAREHUB_TRY(const std::size_t filled, file.read_at(offset + head.size(), record.body));
    const ByteView bytes = head;
    if (filled < record.body.size() ||
        !std::ranges::equal(checksum(bytes.first(kFrontBytes), record.body),
                            bytes.subspan(kFrontBytes))) {
        return std::optional<FramedRecord>{};
    }
    return std::optional<FramedRecord>(std::move(record));
}

}  // namespace carehub::adapters
