// Compares what a file lists with what was known, and tells the difference as events (domain:
// courts).
//
// Contract:
//   new key                                     HearingScheduled
//   known key, or same (case, type), other day  HearingContinued with prev_start, same business key
//   known key, other time or room               HearingModified
//   stated cancelled; result stated             HearingCancelled; HearingHeld, FailureToAppear
//   ahead, in the window, missing twice         HearingUnlisted, unless the profile reads no absence
//   warrant stated issued, cleared              WarrantIssued, WarrantCleared
//   nothing different                           no event
// The window is from the day on which the file was written, or its first one, to its last: a whole
// list begins today, and how far it reaches only its last row tells. Nothing is concluded from absence in a file that is
// not complete, nor once a hearing's time has come. A fall of more than the profile's share among
// the listings ahead refuses the file as a whole: SnapshotSuspicious, no event, store untouched.
// Threads: any thread.
#pragma once

#include "adapters/court/reading.hpp"
#include "adapters/court/site.hpp"
#include "adapters/court/snapshot_store.hpp"
#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {

struct CompareTimes {
    UtcTime now{};
    UtcTime file_time{};
};

/// The events, in order of their hearings, then of warrants; `store` becomes what is known afterwards.
[[nodiscard]] std::vector<Submission> compare(const Reading& reading, const Site& site,
                                              CompareTimes times, SnapshotStore& store,
                                              Report& report);

}  // namespace carehub::adapters::court
