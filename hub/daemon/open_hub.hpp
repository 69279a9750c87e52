// A folder opened for work: journal recovered, machine and follower loaded and replayed. What the
// running hub and commands on an idle folder have in common.
//
// Errors: as SqliteJournal::open and Vault::open; Damaged when an entry does not decode or unseal.
// Threads: built on one thread, its parts then handed to theirs.
#pragma once

#include "hub/base/disk.hpp"
#include "hub/base/random.hpp"
#include "hub/codec/entry.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/core_stage.hpp"
#include "hub/daemon/data_folder.hpp"
#include "hub/daemon/fingerprints.hpp"
#include "hub/daemon/id_archive.hpp"
#include "hub/daemon/journal_stage.hpp"
#include "hub/daemon/notary.hpp"
#include "hub/gateway/gateway.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"

namespace carehub::daemon {

class OpenHub {
public:
    /// Waits a moment for a folder that a short command holds. BehindLedger, naming the gap, for
    /// one that was restored, until its operator accepts that (daemon/backup.hpp); BehindLedger or
    /// Damaged for one that its witness folder contradicts (daemon/witness_check.hpp).
    [[nodiscard]] static Result<std::unique_ptr<OpenHub>> open(
        const DataFolder& folder, AfterRestore after = AfterRestore::Refuse);

    DataFolder folder;
    Config config;
    SystemDisk disk;
    SystemRandom random;
    std::optional<vault::Vault> vault;
    std::unique_ptr<journal::SqliteJournal> journal;
    std::optional<VaultFingerprints> fingerprints;
    core::Machine machine;
    GuardedFollower follower;
    std::unique_ptr<IdArchive> old_ids;
    std::optional<BusinessClock> clock;
    std::optional<PoisonPage> page;
    std::optional<Notary> notary;
    Sequence begun_from;  ///< the snapshot the start began with; 0: the journal told everything

    /// A reader of the journal for one further thread.
    [[nodiscard]] Result<std::unique_ptr<journal::SqliteReader>> reader() const;
    [[nodiscard]] gateway::GatewayOptions gateway_options() const;

private:
    explicit OpenHub(DataFolder where);
    [[nodiscard]] static Result<std::unique_ptr<OpenHub>> try_open(const DataFolder& folder,
                                                                   AfterRestore after);
    /// Core's State and the follower's from the newest good snapshot, side by side.
    [[nodiscard]] Status load_snapshot();
    /// The entries after it.
    [[nodiscard]] Status replay();
    /// Destroys the keys that entries of erasures say are destroyed, where a crash came between or an
    /// older vault.keys was put back. Keys given since are left alone.
    [[nodiscard]] Status finish_erasures();
    /// With the marks of everything State has forgotten.
    [[nodiscard]] Status open_old_ids();
};

}  // namespace carehub::daemon
