// The whole State as Decisions, in pieces: canonical, so that equal States give equal bytes.
//
// Contract: evolving an empty State with the pieces in order gives the same State (sequence apart).
// Tables follow one another, each ordered by key; derived indexes are left out. Where one piece
// ends depends on the records alone. The digest of a State is the hash of the pieces' encodings
// (hub/snapshot).
// Threads: as State.
#pragma once

#include <functional>

#include "hub/core/state.hpp"

namespace carehub::core {

/// How much there is of what a State holds most of.
struct StateCounts {
    std::uint64_t clients = 0;
    std::uint64_t links = 0;
    std::uint64_t inbox = 0;
    friend bool operator==(const StateCounts&, const StateCounts&) = default;
};
[[nodiscard]] StateCounts counts_of(const State& state);

/// Takes the next piece.
using PieceSink = std::function<void(Decisions)>;

/// Hands out pieces that are closed when their records reach about `bytes_usual` bytes in memory;
/// one record is never split. Marks of received events stand in pieces of their own.
void write_pieces(const State& state, std::size_t bytes_usual, const PieceSink& sink);

/// Room for what will be loaded, so that tables do not grow step by step. Counts are a hint.
void make_room(State& state, const StateCounts& counts);
void make_room(Inbox& inbox, std::uint64_t count);
/// Whether a piece can follow what was loaded: evolve stops the process where it cannot.
[[nodiscard]] bool fits(const State& state, const Decisions& piece);
/// Adds the next piece of a snapshot taken at `sequence`.
void load_piece(State& state, Sequence sequence, const Decisions& piece);

/// All pieces as one.
[[nodiscard]] Decisions snapshot(const State& state);
/// A State as it was when `snapshot` was taken at `sequence`.
[[nodiscard]] State restore(Sequence sequence, const Decisions& snapshot);

}  // namespace carehub::core
