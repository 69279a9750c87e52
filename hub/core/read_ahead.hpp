// Asks memory for what deciding the next inputs will read, for many of them at once. The cases of a
// county do not fit into a processor's caches: left alone, the machine waits for each place in turn.
//
// Contract: a hint. Changes nothing, and no outcome depends on it.
// Threads: the machine's.
#pragma once

#include <span>

#include "hub/core/state.hpp"
#include "hub/model/input.hpp"

namespace carehub::core {

/// So many are worth asking for together: what is fetched is still there when its turn comes.
inline constexpr std::size_t kReadAhead = 16;

/// Of at most kReadAhead inputs, before the first of them is decided.
void read_ahead(const State& state, std::span<const Input> inputs);

}  // namespace carehub::core
