#include "adapters/kit/drop/drop_file.hpp"

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace carehub::adapters {
namespace {

namespace fs = std::filesystem;

constexpr fs::perms kOwner = fs::perms::owner_read | fs::perms::owner_write;
constexpr fs::perms kOwnerAndGroup = kOwner | fs::perms::group_read;

}  // namespace

Status DropFolder::open() {
    std::error_code error;
    if (!fs::is_directory(folder_, error)) {
        return fail(ErrorCode::NotFound, "[out] folder " + folder_.string() + " is not there");
    }
    if (!lock_) {
        CAREHUB_TRY(File lock, File::open(folder_ / ".carehub.lock", OpenFor::Writing));
        if (const Status locked = lock.lock(); !locked) {
            return fail(locked.error().code,
                        "another adapter writes into [out] folder: give each its own");
        }
        lock_ = std::move(lock);
    }
    return {};
}

Status DropFolder::put_aside(ByteView bytes) {
    CAREHUB_TRY_DONE(drop_aside());
    CAREHUB_TRY(File file,
                File::create(aside(), readers_ == Readers::Group ? kOwnerAndGroup : kOwner));
    CAREHUB_TRY_DONE(file.write_at(0, bytes));
    return file.sync();
}

Status DropFolder::show_as(const std::string& name) {
    if (std::rename(aside().c_str(), (folder_ / name).c_str()) != 0) {
        return fail_errno(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::Io,
                          "cannot show a file");
    }
    return sync_folder(folder_);
}

bool DropFolder::has_aside() const {
    std::error_code error;
    return fs::exists(fs::symlink_status(aside(), error));
}

Status DropFolder::drop_aside() { return remove_file(aside()); }

bool DropFolder::has(const std::string& name) const {
    std::error_code error;
    return fs::exists(folder_ / name, error);
}

Status DropFolder::write(const std::string& name, ByteView bytes) {
    CAREHUB_TRY_DONE(put_aside(bytes));
    return show_as(name);
}

}  // namespace carehub::adapters
