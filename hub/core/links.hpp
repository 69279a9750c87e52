// Whose an identifier is: dated claims, and how a person ends, moves or makes one (domain/11).
//
// Contract: a link that was ended is nobody's. Each record of a case, and each delivery, names the
// link it was told under (LinkNumber); when that link ends, the record leaves the case, for the
// client it was split to if there is one, both are settled anew, and what waits for somebody under
// it is withdrawn. If anybody was told under it, the case keeps a Matter of kind LinkBreach. What a
// person separated only a person joins again.
// Threads: as Draft.
#pragma once

#include <set>

#include "hub/core/draft.hpp"
#include "hub/core/rule.hpp"

namespace carehub::core {

/// Whose that identifier is; none when nobody's.
[[nodiscard]] ClientId client_of(const State& state, SubjectHash subject);
/// The client all linked identifiers agree on; none when they disagree or none is linked.
[[nodiscard]] ClientId client_of(const State& state, const std::vector<SubjectHash>& subjects);
/// Of an event's identifiers the first that is the client's; none when none is.
[[nodiscard]] SubjectHash subject_of(const State& state, const std::vector<SubjectHash>& subjects,
                                     ClientId client);
/// Its link's place in the table; none for none.
[[nodiscard]] LinkNumber number_of(const State& state, SubjectHash subject);
/// From now on, on the word of staff.
[[nodiscard]] Link enrolled(SubjectHash subject, ClientId client, PartnerId by, const Draft& draft);
/// A person said that this identifier is not that client's.
[[nodiscard]] bool is_separated(const State& state, SubjectHash subject, ClientId client);

/// Of the office: identifiers of these clients met in one event.
[[nodiscard]] MatterId conflict_of(const std::set<ClientId>& clients);

/// What that delivery tells of is its client's still, with what the draft decided.
[[nodiscard]] bool is_told_rightly(const Draft& draft, const Delivery& delivery);

[[nodiscard]] Refusal apply_link_command(Draft& draft, const RuleSet& rules, const Input& input,
                                         const CommandInput& command);

}  // namespace carehub::core
