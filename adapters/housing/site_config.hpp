// The adapter's configuration, as far as reading an export depends on it.
//
// Contract: the kit's [feed] and [watch] and nothing else. `authority` is optional here: without it
// an export says itself whose ids it holds.
// Errors: Invalid, naming the key or table that does not exist or the value that cannot be;
// NotFound for the file or the zone. Threads: immutable.
#pragma once

#include <filesystem>
#include <string>

#include "hub/base/error.hpp"
#include "hub/base/time_zone.hpp"

namespace carehub::adapters::housing {

struct Site {
    std::string feed;
    TimeZone zone;
    std::string authority;  ///< empty: the export says whose ids it holds
};

[[nodiscard]] Result<Site> read_site(const std::filesystem::path& config_file);

}  // namespace carehub::adapters::housing
