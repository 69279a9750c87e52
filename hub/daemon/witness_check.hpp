// At start: the journal is held against the newest checkpoint in its witness folder.
//
// Contract: nothing is done where the folder holds nothing yet. A folder that
// cannot be reached or read is told in the log and stops nobody: a county does not wait for another
// machine's disk. A journal that is not a continuation of that checkpoint is not written to.
// Errors: BehindLedger when it is shorter; Damaged when it has another past. Both say what is safe.
#pragma once

#include "hub/daemon/witness_folder.hpp"
#include "hub/journal/journal.hpp"

namespace carehub::daemon {

/// `last`: the journal's last entry.
[[nodiscard]] Status check_witness(const WitnessFolder& witness,
                                   const journal::JournalReader& journal, Sequence last);

}  // namespace carehub::daemon
