// Ids of events older than State remembers: sorted files, asked before core decides, so that a
// repeat is known for as long as its event is kept.
//
// File old-ids-<first sequence>-<last sequence>.chi, made once and never changed:
//   offset  size  what
//   0       8     "CHOLDIDS"
//   8       4     version: 1
//   12      4     0
//   16      16    id of the journal
//   32      8     marks in the file
//   40      8     sequence of the first mark's entry
//   48      8     sequence of the last mark's entry
//   56      4     CRC-32C of bytes 0 to 55
//   60      4036  zeros
//   4096          pages of 4,096 bytes, each:
//     0     4064  127 marks of 32 bytes in order of id over the whole file: id (16), first 8 bytes of
//                 the body's hash, sequence (8, little-endian); zeros after the last mark
//     4064  4     CRC-32C of bytes 0 to 4063
//     4068  28    zeros
// Ids are keyed hashes; nothing here speaks of a person to one who has no key.
//
// Contract: add() returns when the marks are on disk. Small files of similar size are merged, so
// that few are asked. They hold nothing that the journal does not: a folder without them is filled
// again by a replay from the first entry.
// Errors: Damaged names the file: remove the folder and start again; Io; SyncFailed; Full.
// Threads: confined, or guarded by its owner.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/base/disk.hpp"
#include "hub/model/routing.hpp"

namespace carehub::journal {

class OldIds {
public:
    /// The folder must exist. Files of another journal are refused.
    [[nodiscard]] static Result<OldIds> open(Disk& disk, std::string folder,
                                             const Hash128& journal);

    /// Marks of entries after last(), in order of their sequences; of the body the first 8 bytes
    /// count.
    [[nodiscard]] Status add(const std::vector<InboxMark>& marks);
    [[nodiscard]] Result<std::optional<InboxMark>> find(const SourceId& id) const;

    /// The last entry whose mark is here; none in an empty folder.
    [[nodiscard]] Sequence last() const;
    [[nodiscard]] std::size_t files() const { return files_.size(); }

private:
    struct Sorted {
        std::string path;
        std::unique_ptr<File> file;
        std::uint64_t count = 0;
        Sequence first;
        Sequence last;
        std::vector<std::uint64_t> fences;  ///< of each page the first id's first eight bytes
    };

    OldIds(Disk& disk, std::string folder, const Hash128& journal)
        : disk_(&disk), folder_(std::move(folder)), journal_(journal) {}

    [[nodiscard]] Status add_file(const std::string& name);
    [[nodiscard]] Result<Sorted> read(const std::string& path) const;
    [[nodiscard]] Result<Sorted> write(const std::vector<InboxMark>& sorted, Sequence first,
                                       Sequence last) const;
    [[nodiscard]] bool may_merge_newest() const;
    [[nodiscard]] Status merge_newest();
    [[nodiscard]] static Result<std::vector<InboxMark>> marks_of(const Sorted& sorted);
    [[nodiscard]] static Result<std::optional<InboxMark>> find_in(const Sorted& sorted,
                                                                  const SourceId& id);

    Disk* disk_;
    std::string folder_;
    Hash128 journal_;
    std::vector<Sorted> files_;  ///< oldest first
};

}  // namespace carehub::journal
