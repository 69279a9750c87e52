#include "hub/snapshot/format.hpp"

#include "hub/base/prng.hpp"
#include "hub/journal/crc32c.hpp"
#include "hub/snapshot/byte_reader.hpp"
#include "tests/unit/snapshot/samples.hpp"

using namespace carehub;
using namespace carehub::snapshot;

namespace {

Trailer sample_trailer() {
    Trailer trailer;
    trailer.header_checksum = 5;
    trailer.chunks = 3;
    trailer.counts = {10, 20, 30};
    trailer.people = 9;
    trailer.digest.fill(1);
    trailer.file.fill(2);
    return trailer;
}

/// Each single byte changed by one bit is refused.
template <class Read>
void every_flip_is_found(Bytes bytes, Read read) {
    REQUIRE(read(bytes));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        INFO("byte " << i);
        bytes[i] ^= 0x10U;
        CHECK_FALSE(read(bytes));
        bytes[i] ^= 0x10U;
    }
}

}  // namespace

TEST_CASE("header, chunk and trailer come back as they were written", "[snapshot][format]") {
    const Bytes header = encode_header(sample_header());
    REQUIRE(header.size() == kHeaderBytes);
    CHECK(read_snapshot_header(header) == sample_header());

    const Bytes trailer = encode_trailer(sample_trailer());
    REQUIRE(trailer.size() == kTrailerBytes);
    CHECK(read_snapshot_trailer(trailer) == sample_trailer());

    Bytes chunk;
    const Bytes content = {1, 2, 3};
    encode_chunk(4, {ChunkKind::People, content}, chunk);
    const auto read = read_snapshot_chunk(chunk, 4);
    REQUIRE(read);
    CHECK(read->kind == ChunkKind::People);
    CHECK(Bytes(read->content.begin(), read->content.end()) == content);
}

TEST_CASE("one flipped bit of header, chunk or trailer is found", "[snapshot][format]") {
    every_flip_is_found(encode_header(sample_header()),
                        [](ByteView bytes) { return read_snapshot_header(bytes).has_value(); });
    every_flip_is_found(encode_trailer(sample_trailer()),
                        [](ByteView bytes) { return read_snapshot_trailer(bytes).has_value(); });
    Bytes chunk;
    encode_chunk(0, {ChunkKind::Postings, Bytes(40, 3)}, chunk);
    every_flip_is_found(chunk,
                        [](ByteView bytes) { return read_snapshot_chunk(bytes, 0).has_value(); });
}

TEST_CASE("bytes that end too early are refused at every length", "[snapshot][format]") {
    Bytes chunk;
    encode_chunk(0, {ChunkKind::State, Bytes(40, 3)}, chunk);
    const Bytes header = encode_header(sample_header());
    const Bytes trailer = encode_trailer(sample_trailer());
    for (std::size_t size = 0; size < header.size(); ++size) {
        CHECK_FALSE(read_snapshot_header(ByteView(header).first(size)));
    }
    for (std::size_t size = 0; size < trailer.size(); ++size) {
        CHECK_FALSE(read_snapshot_trailer(ByteView(trailer).first(size)));
    }
    for (std::size_t size = 0; size < chunk.size(); ++size) {
        CHECK_FALSE(read_snapshot_chunk(ByteView(chunk).first(size), 0));
    }
}

TEST_CASE("a chunk is refused in another's place", "[snapshot][format]") {
    Bytes chunk;
    encode_chunk(4, {ChunkKind::State, Bytes(8, 3)}, chunk);
    CHECK_FALSE(read_snapshot_chunk(chunk, 3));
    CHECK(read_snapshot_chunk(chunk, 4));
}

TEST_CASE("a chunk that says it is larger than memory takes none", "[snapshot][format]") {
    Bytes chunk;
    encode_chunk(0, {ChunkKind::State, Bytes(8, 3)}, chunk);
    chunk[12] = 0xFF;
    const auto head = read_chunk_head(chunk);
    REQUIRE_FALSE(head);
    CHECK(head.error().code == ErrorCode::Damaged);
}

TEST_CASE("a newer version and a newer kind of chunk are named as such", "[snapshot][format]") {
    Bytes header = encode_header(sample_header());
    header[8] = 4;
    Bytes checked(header.begin(), header.end() - 4);
    journal::put(checked, journal::crc32c(checked));
    CHECK(read_snapshot_header(checked).error().code == ErrorCode::Unsupported);
    Bytes chunk;
    encode_chunk(0, {static_cast<ChunkKind>(99), {}}, chunk);
    CHECK(read_snapshot_chunk(chunk, 0).error().code == ErrorCode::Unsupported);
}

TEST_CASE("random bytes are read without harm", "[snapshot][format][property]") {
    Prng prng(5);
    for (int i = 0; i < 2'000; ++i) {
        Bytes bytes(prng.below(200));
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(prng.next());
        }
        CHECK_FALSE(read_snapshot_header(bytes));
        CHECK_FALSE(read_snapshot_chunk(bytes, 0));
        CHECK_FALSE(read_snapshot_trailer(bytes));
    }
}

TEST_CASE("numbers of any size come back, and what does not fit is refused", "[snapshot][bytes]") {
    for (const std::uint64_t number : {0ULL, 1ULL, 127ULL, 128ULL, 1ULL << 40U, ~0ULL}) {
        Bytes bytes;
        put_varint(bytes, number);
        ByteReader reader(bytes);
        CHECK(reader.varint() == number);
        CHECK((reader.is_good() && reader.is_at_end()));
        bytes.pop_back();
        ByteReader cut(bytes);
        (void)cut.varint();
        CHECK_FALSE(cut.is_good());
    }
    const Bytes ones(11, 0xFF);
    ByteReader too_large(ones);
    (void)too_large.varint();
    CHECK_FALSE(too_large.is_good());
}

TEST_CASE("a count never asks for more than can follow", "[snapshot][bytes]") {
    Bytes bytes;
    put_varint(bytes, 1'000'000'000);
    bytes.resize(bytes.size() + 100);
    ByteReader reader(bytes);
    CHECK(reader.count(4) == 0);
    CHECK_FALSE(reader.is_good());
}
