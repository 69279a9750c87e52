// Outcomes become durable, and only then leave: sealed, appended, witnessed, applied to the follower.
//
// Contract: commit() makes all entries of the batches durable, as one append unless they are many
// bytes, fills the receipts' roots and applies the entries to the follower, in that order.
// Errors: as Journal::append; after one the process must stop.
// Threads: confined to the journal's thread.
#pragma once

#include "hub/daemon/core_stage.hpp"
#include "hub/follower/entry_reader.hpp"
#include "hub/follower/follower.hpp"
#include "hub/journal/journal.hpp"
#include "hub/transport/guarded.hpp"

namespace carehub::daemon {

using GuardedFollower = transport::Guarded<follower::Follower>;

struct Committed {
    gateway::Released released;
    std::vector<ReadDone> reads;
};

class JournalStage {
public:
    JournalStage(journal::Journal& journal, const vault::Vault& vault, GuardedFollower& follower)
        : journal_(journal), vault_(vault), follower_(follower) {}

    [[nodiscard]] Result<Committed> commit(std::vector<CoreBatch> batches);

private:
    /// Empties `stored`.
    [[nodiscard]] Status append(std::vector<journal::StoredEntry>& stored);

    journal::Journal& journal_;
    const vault::Vault& vault_;
    GuardedFollower& follower_;
};

}  // namespace carehub::daemon
