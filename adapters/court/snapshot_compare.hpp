// Compares what a file lists with what was known, and tells the difference as events (domain:
// courts).
//
// Contract:
//   new key                                     HearingScheduled
//   known key, or same (case, type), other day  HearingContinued with prev_start, same business key
//   known key, other time or room               HearingModified
//   stated cancelled; result stated             HearingCancelled; HearingHeld, FailureToAppear
//   ahead, in the window, missing twice         HearingUnlisted, unless the profile reads no absence
//   stated moved, and no row says where to      HearingUnlisted; when a later one does, HearingContinued
//   warrant stated issued, cleared              WarrantIssued, WarrantCleared
//   nothing different                           no event
// What a file written later told is not undone by an earlier one, delivered late. Nothing is concluded
// from absence in a file that is not complete or not newer than the last, nor once a hearing's time has
// come (snapshot_reach.hpp). A fall of more than the profile's share among the listings ahead refuses
// the file as a whole: SnapshotSuspicious, no event, store untouched.
// Threads: any thread.
#pragma once

#include "adapters/court/reading.hpp"
#include "adapters/court/site.hpp"
#include "adapters/court/snapshot_reach.hpp"
#include "adapters/court/snapshot_store.hpp"
#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {

/// The events, in order of their hearings, then of warrants; `store` becomes what is known afterwards.
[[nodiscard]] std::vector<Submission> compare(const Reading& reading, const Site& site,
                                              CompareTimes times, SnapshotStore& store,
                                              Report& report);

}  // namespace carehub::adapters::court
