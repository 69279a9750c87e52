// The part of an adapter's configuration that every kind understands:
//
//   [feed]   name, zone, authority
//   [watch]  folder, done_folder, refused_folder     a kind that reads files
//            keep_days, keep_mib                     how long what the hub has is kept for it
//   [listen] address, port                           a kind that is called
//
// Contract: folders are absolute afterwards: relative ones are meant from the configuration file's
// folder. keep_days (7) and keep_mib (256): whichever is less; keep_mib = 0 keeps nothing.
// done_folder and refused_folder default to `done` and `refused` inside the watched folder. Other
// tables, and other keys of [feed], belong to the kind, which refuses those it does not know.
// Errors: Invalid, naming what is wrong; NotFound for the file or the zone. Threads: immutable.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "adapters/kit/limits.hpp"
#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"

namespace carehub::adapters {

struct WatchFolders {
    std::filesystem::path folder;
    std::filesystem::path done;
    std::filesystem::path refused;
    /// Of what was sent and has its receipt, for a hub that is restored from a backup.
    std::chrono::seconds kept_for = kSpoolKeptFor;
    std::uint64_t kept_bytes_max = kSpoolKeptBytesMax;
};

struct ListenAddress {
    std::string address;
    std::uint16_t port = 0;  ///< 0: the system picks one
};

struct FeedConfig {
    std::string name;
    TimeZone zone;
    std::string authority;  ///< of identifiers that name none
    std::optional<WatchFolders> watch;
    std::optional<ListenAddress> listen;
};

[[nodiscard]] Result<FeedConfig> read_feed_config(const std::filesystem::path& file);

}  // namespace carehub::adapters
