#include "hub/journal/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace carehub::journal {
namespace {

constexpr int kNone = -1;
constexpr mode_t kOwnerOnly = 0600;

}  // namespace

Result<FolderLock> FolderLock::acquire(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
    if (descriptor < 0) {
        return fail_errno(ErrorCode::Io, "cannot open lock file " + path);
    }
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
        return lock;
    }
    if (errno == EWOULDBLOCK) {
        return fail(ErrorCode::AnotherWriter, "another hub runs on this folder: it holds " + path);
    }
    return fail_errno(ErrorCode::Io, "cannot lock " + path);
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, kNone)) {}

FolderLock::~FolderLock() {
    if (descriptor_ != kNone) {
        ::close(descriptor_);
    }
}

}  // namespace carehub::journal
