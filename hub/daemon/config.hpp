// carehub.toml: how this hub runs. Unknown keys are refused, with the known ones.
//
// Errors: Invalid naming the key, Io, NotFound. Threads: any thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "hub/base/error.hpp"
#include "hub/base/utc_time.hpp"
#include "hub/core/retention.hpp"

namespace carehub::daemon {

/// Between two checkpoints of a hub at work: twice within the minute that is promised.
inline constexpr std::chrono::seconds kCheckpointInterval{30};
inline constexpr std::chrono::seconds kCheckpointIntervalMax{60};

struct Config {
    std::string address = "127.0.0.1";  ///< [hub] address
    std::uint16_t port = 5661;          ///< [hub] port; 0: any free one
    std::uint64_t disk_reserve_mib =
        0;                         ///< [hub] disk_reserve_mib; 0: by the disk (disk_space.hpp)
    std::string vault_key;         ///< [vault] key: path of the hub's key; empty: see vault_files
    std::string witness_folder;    ///< [witness] folder: where checkpoints are kept; empty: nowhere
    bool simulation = false;       ///< [simulation] present: business time stands until moved
    UtcTime start = kUnknownTime;  ///< [simulation] start
    core::RetentionYears keep;     ///< [retention] years, housing_years
    std::chrono::seconds checkpoint_every = kCheckpointInterval;  ///< [witness] every_s
};

[[nodiscard]] Result<Config> read_config(const std::filesystem::path& file);
[[nodiscard]] std::string to_toml(const Config& config);

}  // namespace carehub::daemon
