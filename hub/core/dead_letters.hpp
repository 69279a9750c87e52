// Deliveries that were given up: parked for a person, who has them told again or discards them.
//
// Contract: a letter given up above kDeadLettersMax discards the recipient's oldest one, by a
// decision with the reason Overloaded, so that the trail tells it. Replays leave as history and
// stay a small share of the live deliveries to the same recipient (core/limits.hpp).
#pragma once

#include "hub/core/draft.hpp"

namespace carehub::core {

struct GivenUp {
    Delivery delivery;
    DeadLetterStage stage = DeadLetterStage::Unset;
    RefusalReason reason = RefusalReason::None;
    Sequence told_by;
};
/// Settles the delivery, parks it, and ends the lane it was active in and out.
void give_up(Draft& draft, const GivenUp& given);

[[nodiscard]] Refusal apply_dead_letter_command(Draft& draft, const DeadLetterCommand& told);

/// Of an erased client nothing is parked or told again.
void drop_letters(Draft& draft, ClientId client);

/// The replays that may leave now.
void replay_due(Draft& draft);

}  // namespace carehub::core
