// Answers that prove: the questions `checkpoint` and `consistency`, and the proofs of `trail_export`.
//
// Contract: everything is about the journal up to `last()`, the end of the newest commit: it is synced
// before any reader sees it, so what may still be lost is never signed. Of consistency proofs the last
// ones made are kept, since all partners ask for the same between two checkpoints.
// Threads: confined to its owner. Lifetime: borrows all it is given.
#pragma once

#include <deque>
#include <functional>

#include "hub/daemon/notary.hpp"
#include "hub/follower/answers.hpp"
#include "hub/journal/proofs.hpp"

namespace carehub::daemon {

inline constexpr std::size_t kConsistencyProofsKept = 64;

class ProofDesk {
public:
    struct Parts {
        const journal::JournalReader& journal;
        const Notary& notary;
        const Clock& clock;
        std::function<Result<Sequence>()> last;
    };
    explicit ProofDesk(Parts parts) : parts_(std::move(parts)) {}

    [[nodiscard]] static bool answers(std::string_view question);
    /// The questions about no client.
    [[nodiscard]] follower::Answer answer(std::string_view question,
                                          const follower::Arguments& arguments);
    /// Adds to an answer what proves its entries; `since`, a size, asks for consistency too.
    [[nodiscard]] follower::Answer prove(follower::Answer told,
                                         const follower::Arguments& arguments) const;

private:
    [[nodiscard]] Result<SignedCheckpoint> checkpoint(Sequence last) const;
    [[nodiscard]] follower::Answer consistency(Sequence last, const follower::Arguments& arguments);
    [[nodiscard]] Result<std::vector<std::string>> proven(const journal::ProofsWanted& wanted,
                                                          const std::string& client,
                                                          const follower::Answer& told) const;

    Parts parts_;
    struct Kept {
        std::uint64_t old_size;
        std::uint64_t new_size;
        std::string line;
    };
    std::deque<Kept> kept_;  ///< newest last
};

}  // namespace carehub::daemon
