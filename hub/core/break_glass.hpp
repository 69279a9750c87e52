// Somebody reads, in an emergency, about a client that is not its own: the client's supervisor hears of
// it at once (rules/break_glass).
//
// Contract: readings of one person within kBreakGlassSpan, counted from the full hour, are one matter.
// Threads: pure.
#pragma once

#include "hub/core/draft.hpp"
#include "hub/core/rule.hpp"

namespace carehub::core {

void note_broken_glass(Draft& draft, Case& subject, const RuleSet& rules, PartnerId reader);

}  // namespace carehub::core
