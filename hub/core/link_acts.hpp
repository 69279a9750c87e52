// How a person links, unlinks, splits, merges and parts (domain/11).
//
// Contract: each record follows its link (repartition.hpp), both cases are settled anew, and what
// waits for somebody under an ended link is withdrawn. What was told under an identifier that is
// nobody's stands aside until it is somebody's again. Where people were told of what was another
// person's, the case keeps a Matter of kind LinkBreach. What a person separated only a person joins
// again. Who may say which is told in scope.hpp.
// Threads: as Draft.
#pragma once

#include "hub/core/draft.hpp"
#include "hub/core/rule.hpp"

namespace carehub::core {

[[nodiscard]] Refusal apply_link_command(Draft& draft, const RuleSet& rules, const Input& input,
                                         const CommandInput& command);

/// The identifier is the client's, who is opened: what stood aside under it comes to the case.
void bring_aside(Draft& draft, SubjectHash subject, Case& subject_case);
/// The link ends: what was told under it leaves the case, which is settled and keeps a breach.
void end_link(Draft& draft, const RuleSet& rules, Case& from, Link ended);

}  // namespace carehub::core
