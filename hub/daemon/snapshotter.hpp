// Writes snapshots beside the running hub, from the journal alone.
//
// It is a third reader of the journal: it loads the newest snapshot, replays the entries after it
// into a State of its own, writes that, and lets it go. The hub's threads never wait for it.
//
// Contract: write() leaves a new newest snapshot, read back and compared, or the folder as it was.
// is_due() tells when a start would gain enough by one: every so many entries, more of them the
// longer the journal, and never so soon that writing takes more than a tenth of one processor.
// Errors: as Disk, JournalReader and snapshot::Writer; Unavailable when it was told to stop. None
// of them harms the hub: the next start reads more of the journal.
// Threads: confined to one thread. Lifetime: borrows all it is made of.
#pragma once

#include <atomic>

#include "hub/base/clock.hpp"
#include "hub/base/random.hpp"
#include "hub/daemon/data_folder.hpp"
#include "hub/daemon/recovery.hpp"
#include "hub/vault/vault.hpp"

namespace carehub::daemon {

/// A tail of entries that a start replays in a part of a second.
inline constexpr std::uint64_t kSnapshotEveryEntriesMin = 250'000;
inline constexpr std::uint64_t kSnapshotEveryEntriesMax = 1'000'000;
/// A snapshot costs as the State grows, so of a long journal it waits for a twentieth more.
inline constexpr std::uint64_t kSnapshotEveryPart = 20;
/// At a clean stop nobody waits for the processor, only for the stop.
inline constexpr std::uint64_t kSnapshotAtStopEntriesMin = 50'000;
/// Rest after writing, in times of what it took.
inline constexpr int kSnapshotRestFactor = 10;
/// Rest when it went wrong, so that the log is not filled.
inline constexpr std::chrono::minutes kSnapshotRestAfterError{1};

class Snapshotter {
public:
    /// `every`: entries between snapshots and before one at stop, for tests; 0: as above.
    Snapshotter(const DataFolder& folder, const vault::Vault& vault, Random& random,
                std::uint64_t every = 0);

    /// `newest`: of the snapshot the start began with; 0: none.
    void begin_from(Sequence newest) { newest_ = newest; }
    [[nodiscard]] bool is_due(Sequence last) const;
    [[nodiscard]] bool is_due_at_stop(Sequence last) const;

    /// Of everything that is in the journal now; gives up when `stop` becomes true.
    [[nodiscard]] Status write(const std::atomic<bool>& stop);

private:
    [[nodiscard]] Status write_newest(const Pulse& pulse);
    [[nodiscard]] Status write_of(const journal::JournalReader& journal,
                                  const snapshot::Header& header, const Pulse& pulse);

    const DataFolder& folder_;
    const vault::Vault& vault_;
    Random& random_;
    std::uint64_t every_;
    SystemDisk disk_;
    SystemClock clock_;
    snapshot::SnapshotFolder snapshots_;
    Sequence newest_;
    Micros rest_until_{0};  ///< steady time
};

}  // namespace carehub::daemon
