// A folder opened for work: journal recovered, machine and follower replayed. What the running hub
// and commands on an idle folder have in common.
//
// Errors: as SqliteJournal::open; Damaged when an entry does not decode.
// Threads: built on one thread, its parts then handed to theirs.
#pragma once

#include "hub/base/disk.hpp"
#include "hub/base/random.hpp"
#include "hub/codec/entry.hpp"
#include "hub/daemon/config.hpp"
#include "hub/daemon/core_stage.hpp"
#include "hub/daemon/data_folder.hpp"
#include "hub/daemon/fingerprints.hpp"
#include "hub/daemon/journal_stage.hpp"
#include "hub/gateway/gateway.hpp"
#include "hub/journal/sqlite/sqlite_journal.hpp"

namespace carehub::daemon {

class OpenHub {
public:
    /// Waits a moment for a folder that a short command holds.
    [[nodiscard]] static Result<std::unique_ptr<OpenHub>> open(const DataFolder& folder);

    DataFolder folder;
    Config config;
    SystemDisk disk;
    SystemRandom random;
    std::optional<vault::Vault> vault;
    std::unique_ptr<journal::SqliteJournal> journal;
    std::optional<VaultFingerprints> fingerprints;
    core::Machine machine;
    GuardedFollower follower;
    std::optional<BusinessClock> clock;
    std::optional<PoisonPage> page;

    /// A reader of the journal for one further thread.
    [[nodiscard]] Result<std::unique_ptr<journal::SqliteReader>> reader() const;
    [[nodiscard]] gateway::GatewayOptions gateway_options() const;

private:
    explicit OpenHub(DataFolder where);
    [[nodiscard]] static Result<std::unique_ptr<OpenHub>> try_open(const DataFolder& folder);
    [[nodiscard]] Status replay();
};

}  // namespace carehub::daemon
