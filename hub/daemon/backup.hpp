// A copy of a hub's folder, taken while it runs or stands, and a folder made from such a copy.
//
// A backup is a folder (snapshot/FORMAT.md, journal/FORMAT.md tell its files):
//   manifest       what it holds, signed (backup_manifest.hpp); written last: without it, half a copy
//   journal.db     entries 1 to N, one file
//   carehub.toml   settings
//   snapshot-*.chs the newest snapshot of entries up to N, when there is one
//   keys/          vault.keys, hub.key, admin.carehub, and vault.key when it lives in the folder. To be
//                  kept apart and not as long: erasing a person is complete when the last copy of
//                  its key is gone. Not named in the manifest, so that a newer keys/ may take its place.
//
// Contract: take_backup() copies up to the entry the ledger witnessed when it began, and verifies
// every leaf and root on the way. restore_backup() verifies all again, makes a new folder, in one
// step, and leaves the mark that it was restored: no hub serves there until accept_gap().
// Errors: AnotherWriter when the target is not empty; Damaged, naming the file, when the backup is
// not what was signed or only a part of it; Invalid for a wrong key; as Disk and journals.
// Threads: any one thread.
#pragma once

#include "hub/daemon/backup_manifest.hpp"
#include "hub/daemon/data_folder.hpp"
#include "hub/daemon/recovery.hpp"

namespace carehub::daemon {

struct BackupMade {
    audit::Checkpoint checkpoint;
    std::uint64_t bytes = 0;  ///< of all files, keys aside
    Sequence snapshot;        ///< 0: none was copied
};

[[nodiscard]] Result<BackupMade> take_backup(const DataFolder& folder,
                                             const std::filesystem::path& target,
                                             const Pulse& pulse);

struct Restored {
    audit::Checkpoint checkpoint;
    std::uint64_t damaged_keys = 0;  ///< people of whom nothing can be read any more
};

/// `keys`: the folder of keys to use; empty: the backup's own.
[[nodiscard]] Result<Restored> restore_backup(const std::filesystem::path& backup,
                                              const std::filesystem::path& keys,
                                              const DataFolder& target);

/// What a restored folder has and may have lost: nothing for any other folder.
[[nodiscard]] Result<std::optional<audit::Checkpoint>> gap_of(const DataFolder& folder);

/// The operator accepts the gap: journalled, and the hub may serve. NotFound when there is none.
[[nodiscard]] Result<audit::Checkpoint> accept_gap(const DataFolder& folder,
                                                   const std::string& reason);

}  // namespace carehub::daemon
