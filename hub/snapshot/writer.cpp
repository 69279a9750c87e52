#include "hub/snapshot/writer.hpp"

#include <filesystem>

#include "hub/base/check.hpp"
#include "hub/snapshot/reader.hpp"

namespace carehub::snapshot {
namespace {

std::string aside(const std::string& path) { return path + std::string(kUnfinished); }

}  // namespace

Result<Writer> Writer::create(Disk& disk, std::string path, const Header& header) {
    CAREHUB_TRY(auto file, disk.open(aside(path), OpenMode::Create));
    CAREHUB_TRY_DONE(file->truncate(0));
    Writer writer(disk, std::move(path), std::move(file));
    const Bytes bytes = encode_header(header);
    writer.trailer_.header_checksum = checksum_of_header(bytes);
    CAREHUB_TRY_DONE(writer.write(bytes));
    return writer;
}

Status Writer::write(ByteView bytes) {
    CAREHUB_TRY_DONE(file_->write_at(offset_, bytes));
    offset_ += bytes.size();
    hash_.update(bytes);
    return {};
}

Status Writer::add(const Chunk& chunk) {
    CAREHUB_CHECK(chunk.content.size() <= kChunkContentBytesMax, "a chunk is closed in time");
    digest_.add(chunk);
    encode_chunk(static_cast<std::uint32_t>(trailer_.chunks), chunk, chunk_);
    ++trailer_.chunks;
    return write(chunk_);
}

Result<Hash256> Writer::finish(const core::StateCounts& counts, std::uint64_t people) {
    trailer_.counts = counts;
    trailer_.people = people;
    trailer_.digest = digest_.finish();
    trailer_.file = hash_.finish();
    CAREHUB_TRY_DONE(file_->write_at(offset_, encode_trailer(trailer_)));
    CAREHUB_TRY_DONE(file_->sync());
    CAREHUB_TRY(Reader written, Reader::open(*disk_, aside(path_)));
    CAREHUB_TRY_DONE(written.verify());
    CAREHUB_TRY_DONE(disk_->rename(aside(path_), path_));
    CAREHUB_TRY_DONE(disk_->sync_folder(std::filesystem::path(path_).parent_path().string()));
    return trailer_.digest;
}

}  // namespace carehub::snapshot
