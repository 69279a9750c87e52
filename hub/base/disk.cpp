#include "hub/base/disk.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace carehub {
namespace {

constexpr mode_t kOwnerOnly = 0600;

ErrorCode code_of_errno() {
    switch (errno) {
        case ENOENT: return ErrorCode::NotFound;
        case ENOSPC:
        case EDQUOT: return ErrorCode::Full;
        default: return ErrorCode::Io;
    }
}

int flags_of(OpenMode mode) {
    switch (mode) {
        case OpenMode::Read: return O_RDONLY;
        case OpenMode::Update: return O_RDWR;
        case OpenMode::Create: return O_RDWR | O_CREAT;
        case OpenMode::CreateNew: return O_RDWR | O_CREAT | O_EXCL;
    }
    return O_RDONLY;
}

class SystemFile final : public File {
public:
    SystemFile(int descriptor, std::string path)
        : descriptor_(descriptor), path_(std::move(path)) {}
    SystemFile(const SystemFile&) = delete;
    SystemFile& operator=(const SystemFile&) = delete;
    ~SystemFile() override { ::close(descriptor_); }

    Result<std::uint64_t> size() const override {
        struct stat state {};
        if (::fstat(descriptor_, &state) != 0) {
            return fail_errno(ErrorCode::Io, "cannot ask the size of " + path_);
        }
        return static_cast<std::uint64_t>(state.st_size);
    }

    Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> out) const override {
        std::size_t done = 0;
        while (done < out.size()) {
            const ssize_t got = ::pread(descriptor_, out.data() + done, out.size() - done,
                                        static_cast<off_t>(offset + done));
            if (got == 0) {
                break;
            }
            if (got > 0) {
                done += static_cast<std::size_t>(got);
            } else if (errno != EINTR) {
                return fail_errno(ErrorCode::Io, "cannot read " + path_);
            }
        }
        return done;
    }

    Status write_at(std::uint64_t offset, ByteView bytes) override {
        std::size_t done = 0;
        while (done < bytes.size()) {
            const ssize_t put = ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done,
                                         static_cast<off_t>(offset + done));
            if (put >= 0) {
                done += static_cast<std::size_t>(put);
            } else if (errno != EINTR) {
                return fail_errno(code_of_errno(), "cannot write " + path_);
            }
        }
        return {};
    }

    Status truncate(std::uint64_t size) override {
        if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) {
            return fail_errno(code_of_errno(), "cannot cut " + path_);
        }
        return {};
    }

    // Never tried again after an error: the kernel may have marked the pages clean, and a second
    // sync would then report as written what is lost.
    Status sync() override {
        if (::fdatasync(descriptor_) != 0) {
            return fail_errno(ErrorCode::SyncFailed, "cannot sync " + path_);
        }
        return {};
    }

private:
    int descriptor_;
    std::string path_;
};

}  // namespace

Result<std::unique_ptr<File>> SystemDisk::open(const std::string& path, OpenMode mode) {
    const int descriptor = ::open(path.c_str(), flags_of(mode) | O_CLOEXEC, kOwnerOnly);
    if (descriptor < 0) {
        return fail_errno(code_of_errno(), "cannot open " + path);
    }
    return std::make_unique<SystemFile>(descriptor, path);
}

Result<bool> SystemDisk::exists(const std::string& path) const {
    struct stat state {};
    if (::stat(path.c_str(), &state) == 0) {
        return true;
    }
    if (errno == ENOENT) {
        return false;
    }
    return fail_errno(ErrorCode::Io, "cannot look for " + path);
}

Status SystemDisk::rename(const std::string& from, const std::string& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0) {
        return fail_errno(code_of_errno(), "cannot rename " + from);
    }
    return {};
}

Status SystemDisk::remove(const std::string& path) {
    if (::unlink(path.c_str()) != 0) {
        return fail_errno(code_of_errno(), "cannot remove " + path);
    }
    return {};
}

Status SystemDisk::sync_folder(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return fail_errno(code_of_errno(), "cannot open folder " + path);
    }
    const int synced = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    if (synced != 0) {
        errno = reason;
        return fail_errno(ErrorCode::SyncFailed, "cannot sync folder " + path);
    }
    return {};
}

}  // namespace carehub
