#include "hub/snapshot/snapshot_folder.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "hub/snapshot/reader.hpp"

namespace carehub::snapshot {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBegin = "snapshot-";
constexpr std::string_view kEnd = ".chs";
constexpr std::size_t kDigits = 20;

std::optional<Sequence> sequence_of(std::string_view name) {
    if (name.size() != kBegin.size() + kDigits + kEnd.size() || !name.starts_with(kBegin) ||
        !name.ends_with(kEnd)) {
        return std::nullopt;
    }
    const std::string_view digits = name.substr(kBegin.size(), kDigits);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + kDigits, number);
    return error == std::errc{} && end == digits.data() + kDigits ? std::optional(Sequence{number})
                                                                  : std::nullopt;
}

bool is_unfinished(std::string_view name) {
    return name.ends_with(kUnfinished) &&
           sequence_of(name.substr(0, name.size() - kUnfinished.size()));
}

std::vector<std::string> names_in(const std::string& path) {
    std::vector<std::string> names;
    std::error_code missing;
    for (fs::directory_iterator file(path, missing), end; !missing && file != end;
         file.increment(missing)) {
        names.push_back(file->path().filename().string());
    }
    return names;
}

}  // namespace

std::string SnapshotFolder::name_of(Sequence sequence) {
    const std::string digits = std::to_string(sequence.value);
    return std::string(kBegin) + std::string(kDigits - digits.size(), '0') + digits +
           std::string(kEnd);
}

std::string SnapshotFolder::path_of(Sequence sequence) const {
    return (fs::path(path_) / name_of(sequence)).string();
}

Status SnapshotFolder::make() const {
    std::error_code error;
    if (fs::create_directory(path_, error)) {
        fs::permissions(path_, fs::perms::owner_all, error);
        return disk_->sync_folder(fs::path(path_).parent_path().string());
    }
    return error ? Status(fail(ErrorCode::Io,
                               "cannot make the folder of snapshots: " + error.message()))
                 : Status{};
}

std::vector<Sequence> SnapshotFolder::list() const {
    std::vector<Sequence> found;
    for (const std::string& name : names_in(path_)) {
        if (const auto sequence = sequence_of(name)) {
            found.push_back(*sequence);
        }
    }
    std::ranges::sort(found, std::ranges::greater{});
    return found;
}

Status SnapshotFolder::tidy(std::size_t kept) const {
    for (const std::string& name : names_in(path_)) {
        if (is_unfinished(name)) {
            CAREHUB_TRY_DONE(disk_->remove((fs::path(path_) / name).string()));
        }
    }
    const std::vector<Sequence> all = list();
    for (std::size_t i = kept; i < all.size(); ++i) {
        CAREHUB_TRY_DONE(disk_->remove(path_of(all[i])));
    }
    return {};
}

}  // namespace carehub::snapshot
