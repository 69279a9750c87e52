#include "adapters/kit/spool_segment.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/sealing.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters {
namespace {

constexpr std::uint16_t kVersion = 2;
constexpr std::size_t kHeadFixedBytes = 2 + 8 + sizeof(Hash128);
constexpr std::size_t kFrontBytes = 5;  // length and type: what the checksum covers of the head
constexpr std::size_t kChecksumBytes = 8;
static_assert(kFrontBytes + kChecksumBytes == kSpoolRecordHeadBytes);
/// A note is a few words; larger is not ours.
constexpr std::size_t kBodyBytesMax = kSpoolItemBytesMax + kSealedOverheadBytes;

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

std::array<std::uint8_t, kChecksumBytes> checksum(ByteView front, ByteView body) {
    Sha256 hash;
    hash.add(front);
    hash.add(body);
    const Hash256 digest = hash.finish();
    std::array<std::uint8_t, kChecksumBytes> sum{};
    std::copy_n(digest.begin(), sum.size(), sum.begin());
    return sum;
}

struct Record {
    SpoolRecord type = SpoolRecord::Head;
    Bytes body;
    std::uint64_t end = 0;
};

/// The record at `offset`, or nothing when no whole record stands there.
Result<std::optional<Record>> read_record(const File& file, std::uint64_t offset) {
    std::array<std::uint8_t, kSpoolRecordHeadBytes> head{};
    CAREHUB_TRY(const std::size_t got, file.read_at(offset, head));
    const ByteView front = ByteView(head).first(kFrontBytes);
    const std::uint64_t length = get_number(front.first(4));
    if (got < head.size() || length > kBodyBytesMax) {
        return std::optional<Record>{};
    }
    Record record;
    record.type = static_cast<SpoolRecord>(front[4]);
    record.body.resize(static_cast<std::size_t>(length));
    record.end = offset + head.size() + length;
    CAREHUB_TRY(const std::size_t filled, file.read_at(offset + head.size(), record.body));
    if (filled < record.body.size() ||
        !std::ranges::equal(checksum(front, record.body), ByteView(head).subspan(kFrontBytes))) {
        return std::optional<Record>{};
    }
    return std::optional<Record>(std::move(record));
}

Result<SegmentScan> read_head(const File& file) {
    CAREHUB_TRY(const std::optional<Record> head, read_record(file, 0));
    if (!head || head->type != SpoolRecord::Head || head->body.size() < 2) {
        return fail(ErrorCode::Damaged, "a spool segment has no whole head");
    }
    const ByteView body = head->body;
    if (get_number(body.first(2)) != kVersion || body.size() < kHeadFixedBytes) {
        return fail(ErrorCode::Damaged, "a spool segment is of a version not read here");
    }
    SegmentScan scan;
    scan.first = get_number(body.subspan(2, 8));
    std::copy_n(body.begin() + 10, scan.key_name.size(), scan.key_name.begin());
    scan.note = as_text(body.subspan(kHeadFixedBytes));
    scan.committed_bytes = head->end;
    return scan;
}

}  // namespace

void put_record(Bytes& out, SpoolRecord type, ByteView body) {
    CAREHUB_CHECK(body.size() <= kBodyBytesMax, "a spool record is larger than its bound");
    const std::size_t begin = out.size();
    put_number(out, body.size(), 4);
    put_number(out, static_cast<std::uint64_t>(type), 1);
    const auto sum = checksum(ByteView(out).subspan(begin, kFrontBytes), body);
    out.insert(out.end(), sum.begin(), sum.end());
    out.insert(out.end(), body.begin(), body.end());
}

Bytes head_body(std::uint64_t first, const Hash128& key_name, std::string_view note) {
    Bytes body;
    put_number(body, kVersion, 2);
    put_number(body, first, 8);
    body.insert(body.end(), key_name.begin(), key_name.end());
    body.insert(body.end(), note.begin(), note.end());
    return body;
}

Bytes commit_body(std::uint64_t next, std::string_view note) {
    Bytes body;
    put_number(body, next, 8);
    body.insert(body.end(), note.begin(), note.end());
    return body;
}

std::string segment_name(std::uint64_t first) {
    std::array<char, 32> name{};
    std::snprintf(name.data(), name.size(), "segment-%020llu",
                  static_cast<unsigned long long>(first));
    return name.data();
}

Result<SegmentScan> scan_segment(const File& file) {
    CAREHUB_TRY(SegmentScan scan, read_head(file));
    std::vector<SpoolPlace> open;  // items of a transaction whose Commit is still to come
    std::uint64_t offset = scan.committed_bytes;
    while (true) {
        CAREHUB_TRY(const std::optional<Record> record, read_record(file, offset));
        if (!record) {
            return scan;
        }
        if (record->type == SpoolRecord::Item) {
            open.push_back(
                {offset + kSpoolRecordHeadBytes, static_cast<std::uint32_t>(record->body.size())});
        } else if (record->type == SpoolRecord::Commit && record->body.size() >= 8) {
            scan.items.insert(scan.items.end(), open.begin(), open.end());
            open.clear();
            if (get_number(ByteView(record->body).first(8)) != scan.first + scan.items.size()) {
                return fail(ErrorCode::Damaged, "a spool segment counts its items wrongly");
            }
            scan.note = as_text(ByteView(record->body).subspan(8));
            scan.committed_bytes = record->end;
        } else {
            return fail(ErrorCode::Damaged, "a spool segment holds a record of an unknown type");
        }
        offset = record->end;
    }
}

Result<Bytes> read_item(const File& file, const SpoolPlace& place) {
    CAREHUB_TRY(std::optional<Record> record,
                read_record(file, place.offset - kSpoolRecordHeadBytes));
    if (!record || record->type != SpoolRecord::Item || record->body.size() != place.bytes) {
        return fail(ErrorCode::Damaged, "a spooled item is not what was written");
    }
    return std::move(record->body);
}

}  // namespace carehub::adapters
