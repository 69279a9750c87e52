// Who an alert goes to. Everything about people comes from the directory.
//
// Contract: the owner of the client, of an ACT client its team, or whoever has the role the rule
// names. Without an owner, or where the directory names no supervisor of the owner, the supervisor of
// the client's team, else the first one. None when the directory knows nobody of the role.
// Threads: pure.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

/// Bits of Alert::escalation: who was told beside the first addressee (domain/10). 8 is used up.
enum class Escalation : std::uint8_t { Team = 1, Supervisor = 2, OnCall = 4 };

/// A person, or a team whose members share the client.
[[nodiscard]] Symbol addressee(const State& state, const Client& client, Audience audience);

/// Everybody the alert goes to at that time, as far as anybody knew then: by audience, escalation,
/// absences and on-call rota; the first addressee first, nobody twice.
[[nodiscard]] std::vector<Symbol> people_of(const State& state, const Client& client,
                                            const Alert& alert, UtcTime now);

/// That member of staff is among them.
[[nodiscard]] bool goes_to(const State& state, const Client& client, const Alert& alert,
                           Symbol staff, UtcTime now);

/// When the next absence of one of these begins or ends, after `now`; kNever.
[[nodiscard]] UtcTime next_absence_turn(const State& state, const std::vector<Symbol>& people,
                                        UtcTime now);

/// When that person is next at work, by calendar and absences: `now` when there now; kNever when the
/// directory tells of no such time.
[[nodiscard]] UtcTime at_work_from(const State& state, Symbol staff, UtcTime now);

/// When somebody is next on call for that team: `now` when somebody is; kNever when nobody will be.
[[nodiscard]] UtcTime next_on_call(const State& state, Symbol team, UtcTime now);

/// When the next turn of that team's rota begins, after `now`; kNever.
[[nodiscard]] UtcTime next_on_call_turn(const State& state, Symbol team, UtcTime now);

/// Somebody of staff is the client's case manager now: the owner, who is told in place of one, or the
/// deputy of an absent owner.
[[nodiscard]] bool cares_for(const State& state, const Client& client, Symbol staff, UtcTime now);

/// Somebody of staff stands for the client now: the owner or who is told in place of one, a deputy
/// of an absent owner, a member of the team that shares the client, or somebody whom an open alert
/// was escalated to.
[[nodiscard]] bool stands_for(const State& state, const Case& subject, Symbol staff, UtcTime now);

}  // namespace carehub::core
