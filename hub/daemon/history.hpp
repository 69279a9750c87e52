// Is the receipt a client holds of this hub's own past? Asked of the journal, by its roots.
//
// A receipt carries the root of the journal after the commit that made it durable; a checkpoint the
// root at its size (journal/proofs.hpp, holds_receipt). Only the receipt of an accepted event is of such
// use; a Duplicate's root belongs to a later time than its sequence.
//
// Contract: what cannot be read counts as known: no partner is turned away by a disk error. Once
// the operator has accepted a restore (RestoreCommand) from before the receipt, its loss is
// accepted.
// Threads: confined to the gateway's thread. Lifetime: borrows all it is given.
#pragma once

#include "hub/daemon/disk_space.hpp"
#include "hub/daemon/journal_stage.hpp"
#include "hub/gateway/guards.hpp"

namespace carehub::daemon {

class JournalHistory final : public gateway::History {
public:
    struct Parts {
        const journal::JournalReader& journal;
        const follower::EntryReader& entries;
        const GuardedFollower& follower;
        GuardedHealth& health;
    };
    explicit JournalHistory(const Parts& parts) : parts_(parts) {}

    [[nodiscard]] gateway::Recall judge(const gateway::Principal& who, Sequence told,
                                        const Hash256& root) override;

private:
    [[nodiscard]] bool holds(Sequence told, const Hash256& root) const;
    [[nodiscard]] bool is_loss_accepted(Sequence told);
    void tell(const gateway::Principal& who, Sequence told, gateway::Recall past);

    Parts parts_;
    std::size_t commands_read_ = 0;
    std::vector<Sequence> restored_to_;  ///< last entries of the backups that were accepted
};

}  // namespace carehub::daemon
