// Power cuts: the real journal on a model disk, cut, started again and asked what it still knows.
//
// A life is one journal from its making on: work, a cut at a random operation, a start (which may
// be cut as well), a check, and again. Now and then the process is killed first and the system
// lives, so that what the next process reads is not on disk yet.
//
// The check: every acknowledged entry is there, byte for byte; of the batch in flight all or
// nothing is; nothing else is; the root is the one of those entries; the ledger tells the same
// head; and the start is not refused, because no fault of this model is one that an honest disk
// cannot have.
// Threads: confined to one.
#pragma once

#include <array>
#include <string>

#include "tests/simulation/model_disk.hpp"
#include "tests/simulation/model_vfs.hpp"

namespace carehub::simulation {

/// Cuts under load in one life; cuts during recovery come on top.
inline constexpr std::uint64_t kCutsOfLife = 5;

struct CutReport {
    std::uint64_t lives = 0;
    std::uint64_t lives_with_loss = 0;
    std::uint64_t cuts = 0;
    std::uint64_t cuts_in_recovery = 0;
    std::uint64_t kills = 0;
    std::uint64_t batches_in_flight = 0;  ///< appends that a cut interrupted
    std::uint64_t batches_kept = 0;       ///< of these, found whole after the cut
    std::uint64_t acknowledged = 0;
    std::uint64_t lost = 0;     ///< entries acknowledged and gone
    std::uint64_t phantom = 0;  ///< entries there and never appended
    std::uint64_t refused = 0;  ///< starts refused
    std::uint64_t corrupt = 0;  ///< databases that SQLite or the journal calls damaged
    std::array<std::uint64_t, kDamages> damages{};
    std::string first_finding;  ///< which life, and what was wrong

    [[nodiscard]] bool is_clean() const {
        return lost == 0 && phantom == 0 && refused == 0 && corrupt == 0 && first_finding.empty();
    }
};

/// The lives numbered [first, end) of a seed.
[[nodiscard]] CutReport run_lives(std::uint64_t seed, std::uint64_t first, std::uint64_t end,
                                  Syncs syncs);

/// One small life, cut after each of its operations in turn, with each damage.
[[nodiscard]] CutReport run_every_cut(std::uint64_t seed);

}  // namespace carehub::simulation
