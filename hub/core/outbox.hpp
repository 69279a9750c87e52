// One principal's outbox: what it is owed, and the only changes that evolve makes to it.
//
// Contract: what stands in state.hpp of Outbox holds after every put_*. A delivery that is Queued
// and has the next number is new; Queued with a known number it comes from a snapshot, after the
// mark of its outbox; in any other state it settles that number.
// Threads: as State.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

[[nodiscard]] bool is_owed(const Outbox& outbox, std::uint64_t number);
/// The delivery of that number, when State keeps it; else null: it stands in the journal.
[[nodiscard]] const Delivery* at_hand(const Outbox& outbox, std::uint64_t number);
/// The number under which a delivery, or what it repeats, was sent first.
[[nodiscard]] std::uint64_t first_number_of(const Delivery& delivery);
/// Live deliveries of the whole minute before this one.
[[nodiscard]] std::uint32_t live_of_last_minute(const Outbox& outbox, UtcTime now);

void put_mark(State& state, const OutboxMark& mark);
void put_acknowledged(State& state, const Acknowledged& acknowledged);
/// `now`: of the entry, for the count of live deliveries.
void put_delivery(State& state, const Delivery& delivery, UtcTime now);
void put_suspect(State& state, const Suspect& suspect);
void put_lane(State& state, const Lane& lane);
void put_dead_letter(State& state, const DeadLetter& letter);
void put_replay(State& state, const Replay& replay);

[[nodiscard]] OutboxMark mark_of(PartnerId recipient, const Outbox& outbox);
/// Whether these deliveries can follow what was loaded of a snapshot.
[[nodiscard]] bool deliveries_fit(const State& state, const Decisions& piece);

}  // namespace carehub::core
