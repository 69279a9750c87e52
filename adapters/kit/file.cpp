#include "adapters/kit/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

namespace carehub::adapters {
namespace {

constexpr mode_t kFileMode = 0600;

std::string named(const char* what, const std::filesystem::path& path) {
    return std::string(what) + " " + path.filename().string();
}

}  // namespace

Result<File> File::open(const std::filesystem::path& path, OpenFor purpose) {
    const int flags = purpose == OpenFor::Reading ? O_RDONLY : O_RDWR | O_CREAT;
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, kFileMode);
    if (descriptor < 0) {
        return fail_errno(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                          named("cannot open", path));
    }
    return File(descriptor);
}

Result<File> File::create(const std::filesystem::path& path, std::filesystem::perms rights) {
    const auto mode = static_cast<mode_t>(rights);
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const int descriptor = ::open(path.c_str(), flags, mode);
    if (descriptor < 0) {
        return fail_errno(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                          named("cannot create", path));
    }
    File file(descriptor);
    if (::fchmod(descriptor, mode) != 0) {
        return fail_errno(ErrorCode::Io, named("cannot say who may read", path));
    }
    return file;
}

File& File::operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

File::~File() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<std::uint64_t> File::size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) {
        return fail_errno(ErrorCode::Io, "cannot ask for a file's size");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

Result<std::size_t> File::read_at(std::uint64_t offset, std::span<std::uint8_t> out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::pread(descriptor_, out.data() + done, out.size() - done,
                                    static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail_errno(ErrorCode::Io, "cannot read a file");
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Status File::write_at(std::uint64_t offset, ByteView bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t put = ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done,
                                     static_cast<off_t>(offset + done));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return fail_errno(ErrorCode::Io, "cannot write a file");
        }
        done += static_cast<std::size_t>(put);
    }
    return {};
}

Status File::truncate(std::uint64_t size) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) {
        return fail_errno(ErrorCode::Io, "cannot shorten a file");
    }
    return {};
}

Status File::sync() {
    if (::fdatasync(descriptor_) != 0) {
        return fail_errno(ErrorCode::SyncFailed, "cannot make a file durable");
    }
    return {};
}

Status File::lock() {
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        return fail_errno(ErrorCode::AnotherWriter, "the folder is in use by another adapter");
    }
    return {};
}

Status sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return fail_errno(ErrorCode::Io, "cannot open a folder");
    }
    const bool synced = ::fsync(descriptor) == 0;
    const int reason = errno;
    ::close(descriptor);
    if (!synced) {
        errno = reason;
        return fail_errno(ErrorCode::SyncFailed, "cannot make a folder durable");
    }
    return {};
}

Status make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) {
        return {};
    }
    if (folder.has_parent_path() && folder.parent_path() != folder) {
        CAREHUB_TRY_DONE(make_folder(folder.parent_path()));
    }
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return fail_errno(ErrorCode::Io, named("cannot make folder", folder));
    }
    return {};
}

Result<Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max) {
    CAREHUB_TRY(const File file, File::open(path, OpenFor::Reading));
    CAREHUB_TRY(const std::uint64_t size, file.size());
    if (size > bytes_max) {
        return fail(ErrorCode::Invalid, named("too large:", path));
    }
    Bytes bytes(static_cast<std::size_t>(size));
    CAREHUB_TRY(const std::size_t got, file.read_at(0, bytes));
    bytes.resize(got);
    return bytes;
}

Result<UtcTime> modified_at(const std::filesystem::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        return fail_errno(ErrorCode::Io, named("cannot look at", path));
    }
    return UtcTime{std::chrono::seconds(status.st_mtim.tv_sec)};
}

Status replace_file(const std::filesystem::path& path, ByteView bytes) {
    std::filesystem::path fresh = path;
    fresh += ".new";
    CAREHUB_TRY(File file, File::open(fresh, OpenFor::Writing));
    CAREHUB_TRY_DONE(file.truncate(0));
    CAREHUB_TRY_DONE(file.write_at(0, bytes));
    CAREHUB_TRY_DONE(file.sync());
    return move_path(fresh, path);
}

Status remove_file(const std::filesystem::path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return fail_errno(ErrorCode::Io, named("cannot remove", path));
    }
    return {};
}

Status move_path(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (std::rename(from.c_str(), to.c_str()) != 0) {
        return fail_errno(ErrorCode::Io, named("cannot move", from));
    }
    CAREHUB_TRY_DONE(sync_folder(to.parent_path()));
    return from.parent_path() == to.parent_path() ? Status{} : sync_folder(from.parent_path());
}

}  // namespace carehub::adapters
