// Writes one snapshot file beside its final name, whole or not at all.
//
// Contract: create(), add() chunks, finish(). The file is written as NAME.new, synced, read back
// and compared, and only then renamed, its folder synced: a file under a snapshot's name was once
// good. A writer that is dropped before finish() leaves NAME.new behind; SnapshotFolder::tidy()
// removes it.
// Errors: as Disk; Damaged when what is read back is not what was written. None of them harms the
// hub.
// Threads: confined to its owner. Lifetime: the disk outlives the writer.
#pragma once

#include <memory>
#include <string>

#include "hub/base/disk.hpp"
#include "hub/snapshot/state_chunks.hpp"

namespace carehub::snapshot {

class Writer {
public:
    [[nodiscard]] static Result<Writer> create(Disk& disk, std::string path, const Header& header);

    [[nodiscard]] Status add(const Chunk& chunk);
    /// Puts the file in its place; the digest of the State it holds.
    [[nodiscard]] Result<Hash256> finish(const core::StateCounts& counts, std::uint64_t people);

private:
    Writer(Disk& disk, std::string path, std::unique_ptr<File> file)
        : disk_(&disk), path_(std::move(path)), file_(std::move(file)) {}

    [[nodiscard]] Status write(ByteView bytes);

    Disk* disk_;
    std::string path_;
    std::unique_ptr<File> file_;
    std::uint64_t offset_ = 0;
    Trailer trailer_;
    DigestMaker digest_;
    audit::Sha256 hash_;
    Bytes chunk_;  ///< reused from chunk to chunk
};

}  // namespace carehub::snapshot
