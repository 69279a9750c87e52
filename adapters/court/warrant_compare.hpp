// Compares the warrants that a file states with what was told before: WarrantIssued, WarrantCleared.
//
// Contract: of one warrant the statement with the latest date counts, then the later record; one
// that says what was told gives nothing, and a warrant that a file no longer names gives nothing. One that no file has
// named for kWarrantMemory is forgotten; what a newer file stated is kept, with a finding; should it be named again with the same words, the event has the
// id it had, which the hub knows.
// Threads: any thread.
#pragma once

#include <vector>

#include "adapters/court/site.hpp"
#include "adapters/court/warrant.hpp"
#include "hub/model/submission.hpp"

namespace carehub::adapters::court {

[[nodiscard]] std::vector<Submission> compare_warrants(const std::vector<Warrant>& told,
                                                       const Site& site, UtcTime file_time,
                                                       KnownWarrants& known, Report& report);

}  // namespace carehub::adapters::court
