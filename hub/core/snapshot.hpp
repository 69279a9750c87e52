// The whole State as one Decisions: canonical, so that equal States give equal bytes.
//
// Contract: evolving an empty State with the result gives the same State (sequence apart). Tables
// are ordered by key; derived indexes are left out. The digest of a State is the hash of the
// encoding of this value.
#pragma once

#include "hub/core/state.hpp"

namespace carehub::core {

[[nodiscard]] Decisions snapshot(const State& state);

/// A State as it was when `snapshot` was taken at `sequence`.
[[nodiscard]] State restore(Sequence sequence, const Decisions& snapshot);

}  // namespace carehub::core
