#include "hub/snapshot/reader.hpp"

#include "hub/snapshot/state_chunks.hpp"

namespace carehub::snapshot {
namespace {

tl::unexpected<Error> cut() { return fail(ErrorCode::Damaged, "it was cut"); }

}  // namespace

Result<Reader> Reader::open(Disk& disk, const std::string& path) {
    CAREHUB_TRY(auto file, disk.open(path, OpenMode::Read));
    CAREHUB_TRY(const std::uint64_t size, file->size());
    if (size < kHeaderBytes + kTrailerBytes) {
        return cut();
    }
    Reader reader(std::move(file), size - kTrailerBytes);
    Bytes bytes(kHeaderBytes);
    CAREHUB_TRY(const std::size_t head, reader.file_->read_at(0, bytes));
    bytes.resize(head);
    CAREHUB_TRY(reader.header_, read_snapshot_header(bytes));
    const std::uint32_t checksum = checksum_of_header(bytes);
    bytes.resize(kTrailerBytes);
    CAREHUB_TRY(const std::size_t tail, reader.file_->read_at(reader.end_, bytes));
    bytes.resize(tail);
    CAREHUB_TRY(reader.trailer_, read_snapshot_trailer(bytes));
    if (reader.trailer_.header_checksum != checksum) {
        return fail(ErrorCode::Damaged, "its end belongs to another snapshot");
    }
    return reader;
}

Status Reader::read(std::size_t from, std::size_t bytes) {
    if (offset_ + bytes > end_) {
        return cut();
    }
    chunk_.resize(from + bytes);
    CAREHUB_TRY(const std::size_t got,
                file_->read_at(offset_, std::span(chunk_).subspan(from, bytes)));
    offset_ += got;
    return got == bytes ? Status{} : cut();
}

Result<std::optional<Chunk>> Reader::next() {
    if (offset_ == end_) {
        if (number_ != trailer_.chunks) {
            return fail(ErrorCode::Damaged, "it has fewer chunks than were written");
        }
        return std::nullopt;
    }
    CAREHUB_TRY_DONE(read(0, kChunkHeadBytes));
    CAREHUB_TRY(const ChunkHead head, read_chunk_head(chunk_));
    CAREHUB_TRY_DONE(read(kChunkHeadBytes, head.content_bytes + kChunkTailBytes));
    CAREHUB_TRY(const Chunk chunk,
                read_snapshot_chunk(chunk_, static_cast<std::uint32_t>(number_)));
    ++number_;
    return chunk;
}

Status Reader::verify() {
    audit::Sha256 hash;
    DigestMaker digest;
    Bytes header(kHeaderBytes);
    CAREHUB_TRY([[maybe_unused]] const std::size_t read, file_->read_at(0, header));
    hash.update(header);
    for (;;) {
        CAREHUB_TRY(const std::optional<Chunk> chunk, next());
        if (!chunk) {
            break;
        }
        hash.update(chunk_);
        digest.add(*chunk);
    }
    if (hash.finish() != trailer_.file || digest.finish() != trailer_.digest) {
        return fail(ErrorCode::Damaged, "it is not what was written: its SHA-256 differs");
    }
    return {};
}

}  // namespace carehub::snapshot
