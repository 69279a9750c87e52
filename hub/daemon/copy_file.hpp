// One file copied, hashed on the way, and on disk when that is done.
//
// Errors: NotFound, Io, Full, SyncFailed; AnotherWriter when the target exists. Threads: any
// thread.
#pragma once

#include <filesystem>

#include "hub/base/disk.hpp"
#include "hub/daemon/backup_manifest.hpp"

namespace carehub::daemon {

/// The target is made with mode 0600. The name is the target's.
[[nodiscard]] Result<BackupFile> copy_file(Disk& disk, const std::filesystem::path& from,
                                           const std::filesystem::path& to);
[[nodiscard]] bool is_there(const std::filesystem::path& path);
[[nodiscard]] Result<BackupFile> measure_file(Disk& disk, const std::filesystem::path& path);

}  // namespace carehub::daemon
