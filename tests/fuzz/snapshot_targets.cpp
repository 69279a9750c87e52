#include "hub/base/check.hpp"
#include "hub/journal/crc32c.hpp"
#include "hub/journal/little_endian.hpp"
#include "hub/snapshot/reader.hpp"
#include "hub/snapshot/state_chunks.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/unit/journal/faulty_disk.hpp"

namespace carehub::fuzz {
namespace {

using namespace snapshot;

constexpr const char* kPath = "folder/snapshot";
constexpr std::size_t kChecksumBytes = sizeof(std::uint32_t);

void put_checksum_right(Bytes& bytes, std::size_t begin, std::size_t end) {
    Bytes checksum;
    journal::put(checksum, journal::crc32c(ByteView(bytes).subspan(begin, end - begin)));
    std::copy(checksum.begin(), checksum.end(), bytes.begin() + static_cast<std::ptrdiff_t>(end));
}

/// The checksums of header, chunks and trailer, as far as the file can be walked.
void put_checksums_right(Bytes& bytes) {
    if (bytes.size() < kHeaderBytes + kTrailerBytes) {
        return;
    }
    const std::size_t end = bytes.size() - kTrailerBytes;
    put_checksum_right(bytes, 0, kHeaderBytes - kChecksumBytes);
    for (std::size_t at = kHeaderBytes; end - at >= kChunkHeadBytes + kChunkTailBytes;) {
        const auto content = journal::get<std::uint64_t>(bytes, at + 8);
        if (content > end - at - kChunkHeadBytes - kChunkTailBytes) {
            break;
        }
        const std::size_t tail = at + kChunkHeadBytes + static_cast<std::size_t>(content);
        put_checksum_right(bytes, at, tail);
        at = tail + kChunkTailBytes;
    }
    std::copy_n(bytes.begin() + kHeaderBytes - kChecksumBytes, kChecksumBytes,
                bytes.begin() + static_cast<std::ptrdiff_t>(end) + 8);
    put_checksum_right(bytes, end, bytes.size() - kChecksumBytes);
}

/// True when every chunk was handed out.
bool read_file(ByteView bytes) {
    journal::FaultyDisk disk;
    CAREHUB_CHECK(disk.open(kPath, OpenMode::Create).has_value(), "not made");
    disk.bytes_of(kPath).assign(bytes.begin(), bytes.end());
    auto reader = Reader::open(disk, kPath);
    if (!reader) {
        return false;
    }
    std::size_t content = 0;
    for (;;) {
        const auto chunk = reader->next();
        if (!chunk) {
            return false;
        }
        if (!*chunk) {
            break;
        }
        content += (*chunk)->content.size() + kChunkHeadBytes;
    }
    CAREHUB_CHECK(content < bytes.size(), "chunks hold more than their file");
    auto whole = Reader::open(disk, kPath);
    (void)whole->verify();
    return true;
}

}  // namespace

bool run_snapshot_file(ByteView bytes) {
    Bytes repaired(bytes.begin(), bytes.end());
    put_checksums_right(repaired);
    const bool accepted = read_file(bytes);
    return read_file(repaired) || accepted;
}

bool run_snapshot_chunk(ByteView bytes) {
    if (bytes.empty()) {
        return false;
    }
    const auto kind = static_cast<ChunkKind>(bytes.front());
    if (!is_of_state(kind)) {
        return false;
    }
    core::State state;
    if (!load_state_chunk({kind, bytes.subspan(1)}, Sequence{1'000'000}, state)) {
        return false;
    }
    CAREHUB_CHECK(digest_of(state).has_value(), "a state that was loaded cannot be written");
    return true;
}

}  // namespace carehub::fuzz
