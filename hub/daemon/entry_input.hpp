// The input of an entry as core decided it, made again from what the journal kept of it.
//
// Contract: a submission's or command's input is made from its bytes by the same code as at the
// door; of inputs that have no bytes, what the decisions repeat of them. The session an event came
// in is not kept: `sessions` lists those it can have been, and core decides the same for one of
// them.
// Errors: Damaged when bytes do not decode that once did.
// Threads: any one thread.
#pragma once

#include <optional>
#include <vector>

#include "hub/base/error.hpp"
#include "hub/core/state.hpp"
#include "hub/gateway/fingerprints.hpp"
#include "hub/model/entry.hpp"

namespace carehub::daemon {

enum class Missing : std::uint8_t {
    Nothing,
    Erased,   ///< the person's key was destroyed
    NotKept,  ///< inputs of this kind leave only their outcome: a reader's return, its verdict
};

struct EntryInput {
    Missing missing = Missing::Nothing;
    Input input;  ///< when nothing is missing
    std::vector<std::uint64_t> sessions{0};
};

/// `entry`: its input in the clear; `before`: the State it was decided on.
[[nodiscard]] Result<EntryInput> input_of(const Entry& entry, const core::State& before,
                                          const gateway::Fingerprints& fingerprints);

}  // namespace carehub::daemon
