// Outcomes become durable, and only then leave: sealed, appended, witnessed, applied to the
// follower.
//
// Contract: commit() makes all entries of the batches durable, as one append unless they are many
// bytes, and before each append the keys that were made for it; it fills the receipts' roots and
// applies the entries to the follower, in that order.
// An entry that erases somebody is durable before the keys are destroyed, and they are destroyed
// before anything that follows is sealed. A crash in between is made good at the next start
// (OpenHub::open).
// While the disk is full nothing of the batch is written and core cannot take its decisions back:
// the batch is kept and tried again for as long as the function waits.
// Errors: as Vault::sync and Journal::append; after one the process must stop.
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
    Sequence last_erasure;  ///< 0: nobody was erased
};

/// Called when the disk is full; false: give up. True: try again now.
using WaitForRoom = std::function<bool()>;

class JournalStage {
public:
    JournalStage(journal::Journal& journal, vault::Vault& vault, GuardedFollower& follower,
                 WaitForRoom wait_for_room = nullptr)
        : journal_(journal),
          vault_(vault),
          follower_(follower),
          wait_for_room_(std::move(wait_for_room)) {}

    [[nodiscard]] Result<Committed> commit(std::vector<CoreBatch> batches);

private:
    /// Empties `stored`, and destroys the keys it says are to be.
    [[nodiscard]] Status append(std::vector<journal::StoredEntry>& stored);
    [[nodiscard]] Status destroy_keys();
    /// `attempt` leaves nothing behind when it is Full.
    template <class Attempt>
    [[nodiscard]] auto with_room(const Attempt& attempt) const;

    journal::Journal& journal_;
    vault::Vault& vault_;
    GuardedFollower& follower_;
    WaitForRoom wait_for_room_;
    std::vector<Hash128> to_destroy_;  ///< whose keys, once what was stored is durable
};

}  // namespace carehub::daemon
