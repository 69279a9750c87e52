// The court adapter's door: one file of a court becomes events, refusals and findings.
//
// Contract: `.ics` is iCalendar, `.csv` and `.json` hearing lists (the site's profile must have [csv], [json]). What
// the file changes is told by comparison with `store`, which is replaced only when the file was
// accepted; the same file, site, store and times give the same events. A file refused as a whole is
// one refusal on line 0 and no event. Errors: Io when the file, or a process to expand recurrences,
// cannot be had. Threads: any thread.
#pragma once

#include <filesystem>

#include "adapters/court/site.hpp"
#include "adapters/court/snapshot_store.hpp"
#include "adapters/kit/partner_kind.hpp"

namespace carehub::adapters::court {

[[nodiscard]] Result<Parsed> read_file(const std::filesystem::path& file, const Site& site,
                                       SnapshotStore& store, UtcTime now);

}  // namespace carehub::adapters::court
