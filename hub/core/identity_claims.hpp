// What a partner's merges, links and unlinks (kinds 42 to 44) do to links (domain/11).
//
// Contract: a partner speaks of its own identifiers alone: one of those it names must be its own as
// the roster says, and only identifiers of that authority and type that are nobody's are joined to
// its client. Nothing is taken from a client, nothing joined that a person separated: where two
// clients would become one, a person decides (IdentityConflict). An unlink ends only what this
// partner itself asserted. What a feed in rehearsal says does nothing.
// Threads: as Draft.
#pragma once

#include <set>

#include "hub/core/draft.hpp"
#include "hub/core/rule.hpp"

namespace carehub::core {

/// The clients between whom a person has to decide; fewer than two, and it is decided.
[[nodiscard]] std::set<ClientId> apply_identity(Draft& draft, const RuleSet& rules,
                                                const Input& input);

}  // namespace carehub::core
