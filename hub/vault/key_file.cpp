#include "hub/vault/key_file.hpp"

#include <sys/stat.h>

#include <filesystem>

#include "hub/base/disk.hpp"

namespace carehub::vault {
namespace {

/// systemd gives a service its credential by an access list; the group's bits then show the list's
/// mask, not a group's rights.
mode_t refused_rights(KeyPlace place) {
    return place == KeyPlace::Credential ? S_IRWXO | S_IWGRP : S_IRWXG | S_IRWXO;
}

Status check_private(const KeyFile& file) {
    struct stat state {};
    if (::stat(file.path.c_str(), &state) != 0) {
        return fail(ErrorCode::NotFound, "there is no key file " + file.path);
    }
    if ((state.st_mode & refused_rights(file.place)) != 0) {
        return fail(ErrorCode::Invalid,
                    "others may use key file " + file.path + ": run chmod 600 on it");
    }
    return {};
}

std::string folder_of(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    return folder.empty() ? "." : folder.string();
}

Status write_key(Disk& disk, File& file, const std::string& path, const Key& key) {
    CAREHUB_TRY_DONE(file.write_at(0, key.bytes()));
    CAREHUB_TRY_DONE(file.sync());
    return disk.sync_folder(folder_of(path));
}

}  // namespace

Result<Key> read_key_file(const KeyFile& file) {
    CAREHUB_TRY_DONE(check_private(file));
    SystemDisk disk;
    CAREHUB_TRY(const auto opened, disk.open(file.path, OpenMode::Read));
    CAREHUB_TRY(const std::uint64_t size, opened->size());
    Key key;
    CAREHUB_TRY(const std::size_t read, opened->read_at(0, key.bytes()));
    if (size != key.bytes().size() || read != size) {
        return fail(ErrorCode::Invalid,
                    "key file " + file.path + " is not 32 bytes long: restore it");
    }
    return key;
}

Result<Key> create_key_file(const std::string& path, Random& random) {
    SystemDisk disk;
    CAREHUB_TRY(const auto file, disk.open(path, OpenMode::CreateNew));
    Key key;
    random.fill(key.bytes());
    const Status written = write_key(disk, *file, path, key);
    if (!written) {
        (void)disk.remove(path);  // the first error is the one to tell
        return tl::unexpected<Error>(written.error());
    }
    return key;
}

}  // namespace carehub::vault
