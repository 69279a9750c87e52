// Asks memory for what applying the next entries will change, for many of them at once: to a replay
// what read_ahead.hpp is to deciding.
//
// Contract: a hint. Changes nothing, and no outcome depends on it.
// Threads: the State's.
#pragma once

#include <span>

#include "hub/core/read_ahead.hpp"
#include "hub/model/entry.hpp"

namespace carehub::core {

/// Of kReadAhead entries, before the first of them is applied; more would push out each other.
void replay_ahead(const State& state, std::span<const Entry> entries);

}  // namespace carehub::core
