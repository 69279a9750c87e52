// What lies in a watched folder, and which of it has stopped changing.
//
// Contract: a file or a set (a folder of files) is settled when two looks, one after the other,
// find it unchanged in size, time of change and identity. Names that begin with a dot or end in
// .tmp or .part, links and special files are passed over; a set with a .tmp or .part inside is not
// settled. Settled names come in order of name, so that daily files named by date are read in
// order.
// Errors: Io when the folder cannot be listed.
// Threads: confined to one thread.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/kit/feed_config.hpp"
#include "hub/base/bytes.hpp"

namespace carehub::adapters {

/// What a feed takes from its folder.
enum class Takes : std::uint8_t { Files, FilesAndSets };

class FolderWatch {
public:
    FolderWatch(WatchFolders folders, Takes takes) : folders_(std::move(folders)), takes_(takes) {}

    struct Look {
        std::vector<std::filesystem::path> settled;
        std::size_t waiting = 0;  ///< seen, not settled yet
    };
    [[nodiscard]] Result<Look> look();

private:
    [[nodiscard]] bool is_passed_over(const std::filesystem::directory_entry& entry) const;

    WatchFolders folders_;
    Takes takes_;
    std::map<std::string, std::string> seen_;  ///< name -> its signature at the last look
};

/// Changes whenever a file or set does, as far as the file system can tell without reading it;
/// nothing while it is being written or cannot be looked at.
using FileSignature = std::optional<std::string>;
[[nodiscard]] FileSignature signature_of(const std::filesystem::path& path);

/// SHA-256 of a file's content, or of the names and contents of a set, as hexadecimal digits.
[[nodiscard]] Result<std::string> fingerprint_of(const std::filesystem::path& path);

}  // namespace carehub::adapters
