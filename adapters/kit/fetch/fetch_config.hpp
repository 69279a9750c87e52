// [fetch] of an adapter's configuration: a file that is asked for, in place of one that is dropped.
//
//   url = "https://court.example/docket.ics"   https alone
//   every_minutes = 60                         15 at least
//   ca = "court-ca.pem"                        who signs the other side; left out: whom the system trusts
//   file = "docket.ics"                        what the file is called; else the last part of the address
//
// Errors: Invalid, naming the key. Threads: plain data.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/out/endpoint.hpp"

namespace carehub::adapters {

struct FetchConfig {
    Endpoint endpoint;
    std::chrono::minutes every = kFetchEvery;
    std::filesystem::path ca;
    std::filesystem::path file;  ///< a name alone
};

/// Nothing when the configuration has no [fetch]. Relative paths start at the configuration's folder.
[[nodiscard]] Result<std::optional<FetchConfig>> read_fetch_config(
    const std::filesystem::path& config);

}  // namespace carehub::adapters
