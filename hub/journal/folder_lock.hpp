// One writer a folder: an exclusive lock that the kernel lets go of when the process ends, however.
//
// Contract: acquire() never waits. The lock holds as long as the object; the lock file stays.
// Errors: AnotherWriter when someone holds the lock; Io.
// Threads: any one thread at a time.
#pragma once

#include <string>

#include "hub/base/error.hpp"

namespace carehub::journal {

class FolderLock {
public:
    [[nodiscard]] static Result<FolderLock> acquire(const std::string& path);

    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace carehub::journal
