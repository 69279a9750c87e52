// A folder's journal read again from its first entry: to see that the State it gives is the one the
// snapshots hold, and that today's rules would decide as was decided.
//
// Contract: replay_folder() reads only, and works beside a running hub. recheck_folder() needs the
// keys, and so the folder alone. After each entry the State goes on with what was decided then.
// Errors: as JournalReader, SqliteJournal::open (AnotherWriter while a hub runs) and Vault::open.
// Threads: any one thread.
#pragma once

#include <optional>
#include <string>

#include "hub/daemon/data_folder.hpp"
#include "hub/daemon/recovery.hpp"

namespace carehub::daemon {

struct ReplayReport {
    Sequence last;
    double seconds = 0;  ///< of reading and evolving, without digests
    Hash256 digest{};    ///< of the State at `last`

    Sequence snapshot;  ///< newest good one; 0: none
    bool snapshot_agrees =
        true;  ///< its State is the one at its sequence, and its tail ends as ours
};

[[nodiscard]] Result<ReplayReport> replay_folder(const DataFolder& folder, const Pulse& pulse);

struct Difference {
    Sequence sequence;
    std::string table;  ///< of the decisions: the first that differs
};

struct RecheckReport {
    Sequence last;
    double seconds = 0;
    std::uint64_t checked = 0;
    std::uint64_t erased = 0;    ///< skipped: the input's person was erased
    std::uint64_t not_kept = 0;  ///< skipped: the journal keeps only the outcome of such inputs
    std::uint64_t differences = 0;
    std::optional<Difference> first;
};

[[nodiscard]] Result<RecheckReport> recheck_folder(const DataFolder& folder, const Pulse& pulse);

}  // namespace carehub::daemon
