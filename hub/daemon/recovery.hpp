// From a folder to the State it stands for: the newest good snapshot, then the journal's entries
// after it.
//
// Contract: load_newest() tries snapshots from the newest on: each must be whole, of this journal,
// and of the root the journal has at its sequence. One that is not is passed over and the log says
// why; without any the journal alone tells everything. replay_*() apply the entries after what the
// target knows.
// Errors: as JournalReader; Damaged when an entry does not decode.
// Threads: any one thread; two may work at the same time on targets and readers of their own.
#pragma once

#include <functional>

#include "hub/core/machine.hpp"
#include "hub/follower/follower.hpp"
#include "hub/journal/journal.hpp"
#include "hub/snapshot/reader.hpp"
#include "hub/snapshot/snapshot_folder.hpp"
#include "hub/vault/unsealer.hpp"

namespace carehub::daemon {

/// Where one journal's snapshots are, and what they are held against.
struct Past {
    Disk& disk;
    snapshot::SnapshotFolder snapshots;
    Hash128 journal_id{};
    const journal::JournalReader& journal;
};

/// Loads one snapshot into fresh targets; called again, for an older one, when it fails.
/// Unavailable: it was told to end.
using LoadSnapshot = std::function<Status(const std::string& path)>;
/// The sequence of the snapshot that was loaded; 0: none.
[[nodiscard]] Result<Sequence> load_newest(const Past& past, const LoadSnapshot& load);

/// The root of the journal at the end of a block; NotFound when no block ends there.
[[nodiscard]] Result<Hash256> root_at(const journal::JournalReader& journal, Sequence sequence);

[[nodiscard]] Result<core::State> load_state(Disk& disk, const std::string& path);
/// A State, and a follower with a copy of it: two threads read each large table once.
[[nodiscard]] Result<core::State> load_both(Disk& disk, const std::string& path,
                                            follower::Follower& follower);
[[nodiscard]] Status load_follower(Disk& disk, const std::string& path,
                                   follower::Follower& follower);

/// Called now and then with the entry just applied; an error ends the work and is passed on.
using Pulse = std::function<Status(Sequence)>;

/// Entries up to `last`, by evolve alone.
[[nodiscard]] Status replay_state(const journal::JournalReader& journal, Sequence last,
                                  core::State& state, const Pulse& pulse = {});
/// Both, which know the same entries: each is read and decoded once. The follower is changed on a
/// thread of its own until this returns.
[[nodiscard]] Status replay_both(const journal::JournalReader& journal, Sequence last,
                                 core::State& state, vault::Unsealer& unsealer,
                                 follower::Follower& follower);
[[nodiscard]] Status replay_follower(const journal::JournalReader& journal, Sequence last,
                                     vault::Unsealer& unsealer, follower::Follower& follower,
                                     const Pulse& pulse = {});

}  // namespace carehub::daemon
