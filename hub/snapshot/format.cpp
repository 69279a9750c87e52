#include "hub/snapshot/format.hpp"

#include <string>

#include "hub/journal/crc32c.hpp"
#include "hub/journal/little_endian.hpp"

namespace carehub::snapshot {
namespace {

using journal::get;
using journal::get_array;
using journal::put;

constexpr std::string_view kHeaderMagic = "CHSNAPSH";
constexpr std::string_view kTrailerMagic = "CHSNAPND";
constexpr std::uint32_t kVersion = 3;
constexpr std::size_t kVersionAt = 8;
constexpr std::size_t kJournalAt = 16;
constexpr std::size_t kSequenceAt = 32;
constexpr std::size_t kRootAt = 40;
constexpr std::size_t kHeaderChecksumAt = kHeaderBytes - 4;

bool begins_with(ByteView bytes, std::string_view magic) {
    return bytes.size() >= magic.size() && as_text(bytes.first(magic.size())) == magic;
}

/// The last four bytes are the checksum of those before.
bool is_whole(ByteView bytes) {
    const std::size_t at = bytes.size() - 4;
    return journal::crc32c(bytes.first(at)) == get<std::uint32_t>(bytes, at);
}

bool is_known(std::uint32_t kind) {
    return kind >= static_cast<std::uint32_t>(ChunkKind::State) &&
           kind <= static_cast<std::uint32_t>(ChunkKind::Strangers);
}

tl::unexpected<Error> damaged(std::string what) {
    return fail(ErrorCode::Damaged, std::move(what));
}

}  // namespace

Bytes encode_header(const Header& header) {
    Bytes out;
    out.reserve(kHeaderBytes);
    put(out, as_bytes(kHeaderMagic));
    put(out, kVersion);
    put(out, std::uint32_t{0});
    put(out, header.journal);
    put(out, header.head.size);
    put(out, header.head.root);
    put(out, std::uint32_t{0});
    put(out, journal::crc32c(out));
    return out;
}

std::uint32_t checksum_of_header(ByteView header) {
    return get<std::uint32_t>(header, kHeaderChecksumAt);
}

Result<Header> read_snapshot_header(ByteView bytes) {
    if (bytes.size() < kHeaderBytes || !begins_with(bytes, kHeaderMagic)) {
        return damaged("it does not begin as a snapshot does");
    }
    bytes = bytes.first(kHeaderBytes);
    if (!is_whole(bytes)) {
        return damaged("its header is not what was written");
    }
    if (get<std::uint32_t>(bytes, kVersionAt) != kVersion) {
        return fail(ErrorCode::Unsupported, "another version of carehub wrote it");
    }
    Header header;
    header.journal = get_array<Hash128>(bytes, kJournalAt);
    header.head.size = get<std::uint64_t>(bytes, kSequenceAt);
    header.head.root = get_array<Hash256>(bytes, kRootAt);
    return header;
}

void encode_chunk(std::uint32_t number, const Chunk& chunk, Bytes& out) {
    out.clear();
    out.reserve(kChunkHeadBytes + chunk.content.size() + kChunkTailBytes);
    put(out, number);
    put(out, static_cast<std::uint32_t>(chunk.kind));
    put(out, std::uint64_t{chunk.content.size()});
    put(out, chunk.content);
    put(out, journal::crc32c(out));
}

Result<ChunkHead> read_chunk_head(ByteView bytes) {
    if (bytes.size() < kChunkHeadBytes) {
        return damaged("it ends within a chunk");
    }
    const auto kind = get<std::uint32_t>(bytes, 4);
    const auto content = get<std::uint64_t>(bytes, 8);
    if (content > kChunkContentBytesMax) {
        return damaged("a chunk says it is larger than any");
    }
    if (!is_known(kind)) {
        return fail(ErrorCode::Unsupported, "it has a chunk of a kind this version does not know");
    }
    return ChunkHead{get<std::uint32_t>(bytes, 0), static_cast<ChunkKind>(kind),
                     static_cast<std::size_t>(content)};
}

Result<Chunk> read_snapshot_chunk(ByteView bytes, std::uint32_t number) {
    CAREHUB_TRY(const ChunkHead head, read_chunk_head(bytes));
    if (bytes.size() != kChunkHeadBytes + head.content_bytes + kChunkTailBytes ||
        head.number != number || !is_whole(bytes)) {
        return damaged("chunk " + std::to_string(number) + " is not what was written");
    }
    return Chunk{head.kind, bytes.subspan(kChunkHeadBytes, head.content_bytes)};
}

Bytes encode_trailer(const Trailer& trailer) {
    Bytes out;
    out.reserve(kTrailerBytes);
    put(out, as_bytes(kTrailerMagic));
    put(out, trailer.header_checksum);
    put(out, std::uint32_t{0});
    for (const std::uint64_t count : {trailer.chunks, trailer.counts.clients, trailer.counts.links,
                                      trailer.counts.inbox, trailer.people, std::uint64_t{0}}) {
        put(out, count);
    }
    put(out, trailer.digest);
    put(out, trailer.file);
    put(out, std::uint32_t{0});
    put(out, journal::crc32c(out));
    return out;
}

Result<Trailer> read_snapshot_trailer(ByteView bytes) {
    if (bytes.size() != kTrailerBytes || !begins_with(bytes, kTrailerMagic)) {
        return damaged("it does not end as a snapshot does: it was cut");
    }
    if (!is_whole(bytes)) {
        return damaged("its trailer is not what was written");
    }
    Trailer trailer;
    trailer.header_checksum = get<std::uint32_t>(bytes, 8);
    trailer.chunks = get<std::uint64_t>(bytes, 16);
    trailer.counts.clients = get<std::uint64_t>(bytes, 24);
    trailer.counts.links = get<std::uint64_t>(bytes, 32);
    trailer.counts.inbox = get<std::uint64_t>(bytes, 40);
    trailer.people = get<std::uint64_t>(bytes, 48);
    trailer.digest = get_array<Hash256>(bytes, 64);
    trailer.file = get_array<Hash256>(bytes, 96);
    return trailer;
}

}  // namespace carehub::snapshot
