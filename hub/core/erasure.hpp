// Legal hold, release, erasure and purge (domain/08): what a supervisor decides, and how State
// forgets.
//
// Contract: each legal hold stands by itself until it is released; its entry tells who placed it,
// when and why. An erasure is of the client and of all that are one with it. Its decision names the
// subjects whose keys are to be destroyed: each client itself and the identifiers that are linked to
// one of them now, never one that is somebody else's. What waits for anybody about them is
// withdrawn. What remains of a client is its id and the entry that erased it, so that its name is
// not used again.
// Threads: as Draft.
#pragma once

#include <set>

#include "hub/core/draft.hpp"

namespace carehub::core {

/// Who may is checked: supervisors, each of its own clients (scope.hpp).
[[nodiscard]] Refusal apply_retention_command(Draft& draft, const Input& input,
                                              const CommandInput& command);

/// By this draft or by an entry before it.
[[nodiscard]] bool is_erased(const Draft& draft, ClientId client);
/// By an entry before.
[[nodiscard]] bool is_erased(const State& state, ClientId client);
/// Told to whoever names such a client.
[[nodiscard]] Refusal refuse_erased(std::string field);

/// As evolve forgets them.
void erase_clients(State& state, Sequence sequence, const Decisions& decisions);

}  // namespace carehub::core
