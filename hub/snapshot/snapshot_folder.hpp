// The folder of a hub's snapshots: their names, which is newest, which may go.
//
// Contract: a snapshot of sequence S is snapshot-S.chs, S in 20 digits, so that names sort as
// numbers do. Other files in the folder are left alone, except unfinished snapshots.
// Errors: Io. Threads: any thread; two writers must not work at the same time.
#pragma once

#include <string>
#include <vector>

#include "hub/base/disk.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::snapshot {

/// Snapshots that are kept: the newest, and the one before for the day the newest is damaged.
inline constexpr std::size_t kSnapshotsKept = 2;

class SnapshotFolder {
public:
    SnapshotFolder(Disk& disk, std::string path) : disk_(&disk), path_(std::move(path)) {}

    /// Makes the folder when it is missing.
    [[nodiscard]] Status make() const;
    /// The sequences there are snapshots of, newest first; none when there is no folder.
    [[nodiscard]] std::vector<Sequence> list() const;
    [[nodiscard]] std::string path_of(Sequence sequence) const;
    [[nodiscard]] static std::string name_of(Sequence sequence);
    /// Removes unfinished files, and all snapshots but the newest `kept`.
    [[nodiscard]] Status tidy(std::size_t kept) const;

private:
    Disk* disk_;
    std::string path_;
};

}  // namespace carehub::snapshot
