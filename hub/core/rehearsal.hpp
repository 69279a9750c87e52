// Feeds in rehearsal: what they tell stands in the cases, and nobody but the report sees it.
//
// Contract: obligations and stays of a partner in rehearsal are records like all others; rules,
// duties and alerts are made from the case without them. When the rehearsal ends the cases that
// hold some are settled again: what lies ahead is live then, what is past raises nothing.
// Threads: pure.
#pragma once

#include "hub/core/rule.hpp"

namespace carehub::core {

[[nodiscard]] bool is_rehearsing(const State& state, PartnerId partner);
/// Whether the case holds records of that partner.
[[nodiscard]] bool has_records_of(const Case& subject, PartnerId partner);
/// Whether the case holds records of any partner in rehearsal. Quick when there is none.
[[nodiscard]] bool has_rehearsed(const State& state, const Case& subject);
/// The case without the records of partners in rehearsal other than `shown`.
[[nodiscard]] Case without_rehearsed(const State& state, const Case& subject, PartnerId shown = {});

/// What the rules would find now, beyond what they find, if this partner's feed were live.
[[nodiscard]] std::vector<Finding> rehearsed_findings(const State& state, const Case& subject,
                                                      const RuleSet& rules, PartnerId partner);

}  // namespace carehub::core
