// Gives back the room of what was sealed for people who were erased since: bytes that no key opens any
// more are taken out of the journal, step by step, beside the work.
//
// Contract: whatever step() does, no leaf, root, proof or digest of the journal changes. A sweep that a
// crash or a stop ended begins anew: the journal's mark tells up to which erasure all is swept. While
// the disk is full a step changes nothing and is tried again.
// Errors: as Journal::drop_sealed(); after one the process must stop.
// Threads: confined to the journal's thread.
#pragma once

#include "hub/journal/journal.hpp"
#include "hub/vault/vault.hpp"

namespace carehub::daemon {

/// Of one step: some milliseconds, for which the next commit waits.
inline constexpr std::size_t kSweepStepBytes = std::size_t{1} << 20U;

class Sweeper {
public:
    Sweeper(journal::Journal& journal, const vault::Vault& vault)
        : journal_(journal), vault_(vault) {}

    /// Entry `erasure` erased somebody, and the keys are destroyed.
    void erased(Sequence erasure) { newest_ = std::max(newest_, erasure); }

    /// Whether step() has something to do.
    [[nodiscard]] Result<bool> has_work();
    [[nodiscard]] Status step();

private:
    [[nodiscard]] Status finish();

    journal::Journal& journal_;
    const vault::Vault& vault_;
    Sequence newest_;                ///< erasure
    std::optional<Sequence> swept_;  ///< up to this erasure; unknown until it is asked for
    Sequence next_{1};
    Sequence aim_;  ///< the erasure this sweep is for; 0: between two
    std::uint64_t parts_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace carehub::daemon
