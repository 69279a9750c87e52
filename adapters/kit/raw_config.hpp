// The part of a configuration that says how long raw messages are kept, for kinds that keep them:
//
//   [raw_archive] keep_days, keep_mib
//
// Contract: whichever is less; 90 days and 8192 MiB when they are not told. Errors: Invalid, naming
// what is wrong. Threads: any thread.
#pragma once

#include "adapters/kit/raw_archive.hpp"
#include "adapters/kit/toml.hpp"

namespace carehub::adapters {

/// `root` is the whole file: the kind lets its refuse_unknown_keys() know "raw_archive".
[[nodiscard]] Result<RawArchiveLimits> read_raw_archive_limits(const toml::table& root);

}  // namespace carehub::adapters
