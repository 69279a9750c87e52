#include "adapters/kit/folder_watch.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <system_error>

#include "adapters/kit/file.hpp"
#include "adapters/kit/limits.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters {
namespace {

namespace fs = std::filesystem;

bool is_unfinished(const std::string& name) {
    return name.ends_with(".tmp") || name.ends_with(".part");
}

Result<std::vector<fs::path>> files_of(const fs::path& set) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(set, error), end; !error && at != end;
         at.increment(error)) {
        if (at->is_regular_file(error)) {
            files.push_back(at->path());
        }
        if (files.size() > kSetFilesMax) {
            return fail(ErrorCode::Invalid, "a folder holds more files than a set may");
        }
    }
    if (error) {
        return fail(ErrorCode::Io, "cannot list a folder: " + error.message());
    }
    std::ranges::sort(files);
    return files;
}

FileSignature signature_of_file(const fs::path& file) {
    struct stat status {};
    if (::lstat(file.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return std::to_string(status.st_size) + ' ' + std::to_string(status.st_mtim.tv_sec) + ' ' +
           std::to_string(status.st_mtim.tv_nsec) + ' ' + std::to_string(status.st_ino) + '\n';
}

FileSignature signature_of_set(const fs::path& path) {
    const Result<std::vector<fs::path>> files = files_of(path);
    std::string signature = "set\n";
    if (!files) {
        // A set of too many files is handed on, so that it is refused by name and not for ever
        // left.
        return files.error().code == ErrorCode::Invalid ? FileSignature(signature) : std::nullopt;
    }
    for (const fs::path& file : *files) {
        const auto part = signature_of_file(file);
        if (!part || is_unfinished(file.filename().string())) {
            return std::nullopt;
        }
        signature += file.filename().string() + ' ' + *part;
    }
    return files->empty() ? std::nullopt : FileSignature(signature);
}

}  // namespace

FileSignature signature_of(const fs::path& path) {
    std::error_code error;  // what vanished meanwhile is no folder
    return fs::is_directory(path, error) ? signature_of_set(path) : signature_of_file(path);
}

bool FolderWatch::is_passed_over(const fs::directory_entry& entry) const {
    const std::string name = entry.path().filename().string();
    std::error_code error;
    const fs::file_status status = entry.symlink_status(error);
    const bool wanted =
        fs::is_regular_file(status) || (takes_ == Takes::FilesAndSets && fs::is_directory(status));
    return !wanted || name.starts_with('.') || is_unfinished(name) ||
           entry.path() == folders_.done || entry.path() == folders_.refused;
}

Result<FolderWatch::Look> FolderWatch::look() {
    Look look;
    std::map<std::string, std::string> now;
    std::error_code error;
    for (fs::directory_iterator at(folders_.folder, error), end; !error && at != end;
         at.increment(error)) {
        if (is_passed_over(*at)) {
            continue;
        }
        const std::string name = at->path().filename().string();
        const auto signature = signature_of(at->path());
        const auto before = seen_.find(name);
        if (signature && before != seen_.end() && before->second == *signature) {
            look.settled.push_back(at->path());
        } else {
            ++look.waiting;
        }
        if (signature) {
            now[name] = *signature;
        }
    }
    if (error) {
        return fail(ErrorCode::Io, "cannot list the watched folder: " + error.message());
    }
    seen_ = std::move(now);
    std::ranges::sort(look.settled);
    return look;
}

Result<std::string> fingerprint_of(const fs::path& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        CAREHUB_TRY(const Hash256 digest, sha256_of_file(path));
        return to_hex(digest);
    }
    CAREHUB_TRY(const std::vector<fs::path> files, files_of(path));
    Sha256 hash;
    for (const fs::path& file : files) {
        CAREHUB_TRY(const Hash256 digest, sha256_of_file(file));
        hash.add_text(file.lexically_relative(path).string());
        hash.add(digest);
    }
    return to_hex(hash.finish());
}

}  // namespace carehub::adapters
