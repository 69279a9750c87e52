// Whose a client is among staff: what reads (follower/sight.hpp) and acts alike ask.
//
// Contract: a case manager has the clients that it stands for (addressee.hpp). A supervisor has those
// of its team, of staff it supervises or shares a team with, those it stands for, and nobody's: a
// client without a supervisor of its own, unassigned or not, is every supervisor's until it has one
// (domain/12: somebody has to take it in). Whom the directory does not name has no team and
// supervises nobody. Integration and operators have no clients (S9 of design/features.md): what they
// may do to the registry is asked of their role alone.
//
// What joins two clients (merge, split) asks for both: a wrong link is the worst error (domain/11),
// and who may not read both cannot know; of two teams the integration team decides. What parts them
// (unmerge, unlink, distinguish) asks for either: a wrong link ends as soon as one of the two sees it.
// Threads: pure.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

/// What binds somebody of staff to what is asked about.
enum class Bond : std::uint8_t {
    Stranger,  ///< nothing
    Team,      ///< a supervisor's: of its team, of somebody it supervises, or of nobody's
    Own,       ///< stands for the client, as its case manager does; a supervisor: in its place
    Office,    ///< it is about no client
};

[[nodiscard]] Bond bond_of(const State& state, StaffRole role, Symbol name, const Case& subject,
                           UtcTime now);

/// By the directory: that supervisor supervises this member of staff, or works in the same team.
[[nodiscard]] bool supervises(const State& state, Symbol supervisor, Symbol staff);

/// Whether that principal may decide about the client: who it is, what is kept of it. Partners and the
/// hub itself are held by what they may send, integration and operators by their role.
[[nodiscard]] bool may_decide(const State& state, PartnerId actor, const Case& subject,
                              UtcTime now);
/// Whether it may record what is done for the client: also whom an open alert was escalated to, who
/// stands for the client meanwhile.
[[nodiscard]] bool may_touch(const State& state, PartnerId actor, const Case& subject, UtcTime now);
/// The same of an act on one of its alerts: whomever it went to may.
[[nodiscard]] bool may_touch(const State& state, PartnerId actor, const Case& subject,
                             const Alert& alert, UtcTime now);

/// What staff are told who may not.
[[nodiscard]] Refusal refuse_touch(std::string field);

}  // namespace carehub::core
