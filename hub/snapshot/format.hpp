// The bytes of a snapshot file: header, numbered chunks, trailer. FORMAT.md tells the whole file.
//
// Numbers are little-endian. Header, 80 bytes:
//   offset  size  what
//   0       8     "CHSNAPSH"
//   8       4     version: 3
//   12      4     0
//   16      16    id of the journal
//   32      8     sequence: the last entry the snapshot knows
//   40      32    Merkle root of the journal up to it
//   72      4     0
//   76      4     CRC-32C of bytes 0 to 75
// Chunk:
//   0       4     number: 0, 1, 2 ... through the file
//   4       4     kind (ChunkKind)
//   8       8     N, bytes of content: at most 16 MiB
//   16      N     content
//   16+N    4     CRC-32C of everything of the chunk before
// Trailer, 136 bytes, the file's last:
//   0       8     "CHSNAPND"
//   8       4     CRC-32C of the header, as it stands there
//   12      4     0
//   16      8     chunks in the file
//   24      8     clients      how much of each a reader makes room for
//   32      8     links
//   40      8     inbox marks
//   48      8     people
//   56      8     0
//   64      32    digest of the State: SHA-256 over each State and Inbox chunk's kind, N and content
//   96      32    SHA-256 of all bytes before the trailer
//   128     4     0
//   132     4     CRC-32C of bytes 0 to 131
//
// Why each is there: a chunk's number shows one that is missing, doubled or moved; the trailer's
// tie to the header shows two files pasted together; the checksums are compared at every start, the
// SHA-256, ten times dearer, after writing and when a copy is taken or put back.
// Contract: pure functions on bytes; what they return was checked. Views borrow the bytes.
// Errors: Damaged; Unsupported for a newer version or kind of chunk. Threads: any thread.
#pragma once

#include "hub/audit/proof.hpp"
#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/core/snapshot.hpp"

namespace carehub::snapshot {

inline constexpr std::size_t kHeaderBytes = 80;
inline constexpr std::size_t kChunkHeadBytes = 16;
inline constexpr std::size_t kChunkTailBytes = 4;
inline constexpr std::size_t kTrailerBytes = 136;
/// A reader's memory; a writer closes a chunk far below it (kChunkBytesUsual).
inline constexpr std::size_t kChunkContentBytesMax = std::size_t{16} << 20U;
/// Where a writer closes a chunk: large enough that frames and calls cost nothing.
inline constexpr std::size_t kChunkBytesUsual = std::size_t{256} << 10U;

enum class ChunkKind : std::uint32_t {
    State = 1,     ///< a piece of core's State (codec, "CHSN")
    Inbox = 2,     ///< marks of events that were received, 32 bytes each
    People = 3,    ///< who the clients are, sealed (follower/people_chunk.cpp)
    Postings = 4,  ///< which entries speak of a client (follower/follower_snapshot.cpp)
    Partners =
        5,  ///< what the follower counts and knows of partners (follower/follower_snapshot.cpp)
    Passages = 6,    ///< what became of deliveries (follower/passages.hpp)
    Deliveries = 7,  ///< where recipients' deliveries stand (follower/delivery_index.hpp)
    Principals =
        8,  ///< which entries a principal made or was told by (follower/principal_index.hpp)
    Strangers = 9,  ///< of whom partners told who are no clients, sealed (follower/strangers.hpp)
};

/// What the snapshot is of.
struct Header {
    Hash128 journal{};
    audit::TreeHead head;  ///< size: the sequence

    friend bool operator==(const Header&, const Header&) = default;
};

struct ChunkHead {
    std::uint32_t number = 0;
    ChunkKind kind = ChunkKind::State;
    std::size_t content_bytes = 0;
};

struct Chunk {
    ChunkKind kind = ChunkKind::State;
    ByteView content;
};

struct Trailer {
    std::uint32_t header_checksum = 0;
    std::uint64_t chunks = 0;
    core::StateCounts counts;
    std::uint64_t people = 0;
    Hash256 digest{};
    Hash256 file{};

    friend bool operator==(const Trailer&, const Trailer&) = default;
};

[[nodiscard]] Bytes encode_header(const Header& header);
/// `bytes`: at least the header's; what follows is not looked at.
[[nodiscard]] Result<Header> read_snapshot_header(ByteView bytes);

/// Replaces `out` by the chunk's bytes.
void encode_chunk(std::uint32_t number, const Chunk& chunk, Bytes& out);
/// The first bytes of a chunk: how much there is to read of it.
[[nodiscard]] Result<ChunkHead> read_chunk_head(ByteView bytes);
/// A whole chunk and nothing else.
[[nodiscard]] Result<Chunk> read_snapshot_chunk(ByteView bytes, std::uint32_t number);

[[nodiscard]] Bytes encode_trailer(const Trailer& trailer);
/// Exactly the trailer's bytes.
[[nodiscard]] Result<Trailer> read_snapshot_trailer(ByteView bytes);

/// The header's own checksum, as encode_header() wrote it.
[[nodiscard]] std::uint32_t checksum_of_header(ByteView header);

}  // namespace carehub::snapshot
