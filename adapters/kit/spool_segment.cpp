#include "adapters/kit/spool_segment.hpp"

#include <algorithm>
#include <optional>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/sealing.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters {
namespace {

constexpr std::uint16_t kVersion = 2;
constexpr std::size_t kHeadFixedBytes = 2 + 8 + sizeof(Hash128);
/// A note is a few words; larger is not ours.
constexpr std::size_t kBodyBytesMax = kSpoolItemBytesMax + kSealedOverheadBytes;

SpoolRecord type_of(const FramedRecord& record) { return static_cast<SpoolRecord>(record.type); }

Result<SegmentScan> read_head(const File& file) {
    CAREHUB_TRY(const std::optional<FramedRecord> head, read_record(file, 0, kBodyBytesMax));
    if (!head || type_of(*head) != SpoolRecord::Head || head->body.size() < 2) {
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
    put_record(out, static_cast<std::uint8_t>(type), body);
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

Result<SegmentScan> scan_segment(const File& file) {
    CAREHUB_TRY(SegmentScan scan, read_head(file));
    std::vector<SpoolPlace> open;  // items of a transaction whose Commit is still to come
    std::uint64_t offset = scan.committed_bytes;
    while (true) {
        CAREHUB_TRY(const std::optional<FramedRecord> record,
                    read_record(file, offset, kBodyBytesMax));
        if (!record) {
            return scan;
        }
        if (type_of(*record) == SpoolRecord::Item) {
            open.push_back(
                {offset + kRecordHeadBytes, static_cast<std::uint32_t>(record->body.size())});
        } else if (type_of(*record) == SpoolRecord::Commit && record->body.size() >= 8) {
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
    CAREHUB_TRY(std::optional<FramedRecord> record,
                read_record(file, place.offset - kRecordHeadBytes, kBodyBytesMax));
    if (!record || type_of(*record) != SpoolRecord::Item || record->body.size() != place.bytes) {
        return fail(ErrorCode::Damaged, "a spooled item is not what was written");
    }
    return std::move(record->body);
}

}  // namespace carehub::adapters
