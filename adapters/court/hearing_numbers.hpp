// Keys of a list's hearings where one case, type and day has several: which is which.
//
// Contract: before, hearings of one case, type and day share a key; afterwards each has its own, and
// the same one as long as it stands where it stood: the key of a known hearing goes to the row of the
// same start and room, else of the same start, else of the same room, else to the next in order of
// time, those still listed before the others; a row that is left gets the first number that nobody has.
// Rows of one start are one hearing, told once a charge or a room, in whatever order: held or failed to
// appear counts before what is listed, that before what is cancelled or moved; of rooms the first by name, of
// ends the last. A finding says so. Two results that contradict each other are none, and the second row is
// refused. Keys are at most kListingKeyBytesMax long.
// Threads: any thread.
#pragma once

#include "adapters/court/reading.hpp"
#include "adapters/court/snapshot_store.hpp"
#include "adapters/kit/report.hpp"

namespace carehub::adapters::court {

void number_hearings(Reading& reading, const SnapshotStore& store, Report& report);

}  // namespace carehub::adapters::court
