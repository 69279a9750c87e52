// Whose an identifier is: dated claims (domain/11). How a person ends, moves or makes one is told in
// link_acts.hpp, how a partner does in identity_claims.hpp.
//
// Contract: a link that was ended, or that nobody confirmed, is nobody's: nothing is claimed or told
// under it. Each record of a case, and each delivery, names the
// link it was told under (LinkNumber). A link names the client it was made for; where that one is
// merged into another (State::merges), it is that other's as long as they are one.
// Threads: as Draft.
#pragma once

#include <set>

#include "hub/core/draft.hpp"

namespace carehub::core {

/// Whose that identifier is, mergers followed; none when nobody's.
[[nodiscard]] ClientId client_of(const State& state, SubjectHash subject);
/// The client all linked identifiers agree on; none when they disagree or none is linked.
[[nodiscard]] ClientId client_of(const State& state, const std::vector<SubjectHash>& subjects);
/// Of an event's identifiers the first that is the client's; none when none is.
[[nodiscard]] SubjectHash subject_of(const State& state, const std::vector<SubjectHash>& subjects,
                                     ClientId client);
/// Its link's place in the table; none for none.
[[nodiscard]] LinkNumber number_of(const State& state, SubjectHash subject);
/// From now on, on the word of staff: the command's identifier, or the client's own name.
[[nodiscard]] Link enrolled(const CommandInput& command, SubjectHash subject, ClientId client,
                            PartnerId by, const Draft& draft);
/// Staff said so, or the partner whose identifier it is.
[[nodiscard]] bool is_confirmed(const Link& link);
/// A person said that this identifier is not that client's, nor of one it is one with.
[[nodiscard]] bool is_separated(const State& state, SubjectHash subject, ClientId client);
/// That client and all it is one with.
[[nodiscard]] std::set<ClientId> persons_of(const State& state, ClientId client);

/// Of the office: identifiers of these clients met in one event.
[[nodiscard]] MatterId conflict_of(const std::set<ClientId>& clients);

/// What that delivery tells of is its client's still, with what the draft decided.
[[nodiscard]] bool is_told_rightly(const Draft& draft, const Delivery& delivery);

}  // namespace carehub::core
