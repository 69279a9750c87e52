// One subscriber's process: takes every event once, times its coming, acknowledges.
//
// Contract: of a frame whose first and last notice enclose exactly the others, only these two are
// read; of any other frame all are. So a subscriber costs about what one does that hands bytes on.
// Errors: as WireSession; Timeout when notices stop coming; Invalid for an event that comes twice.
// Threads: confined to one thread.
#pragma once

#include "tools/carehub/bench/publisher.hpp"

namespace carehub::tool::bench {

/// Returns the steady time of the last acknowledgement.
[[nodiscard]] Result<std::int64_t> subscribe(const PeerTask& task, const SharedTimes& times,
                                             const std::function<void()>& on_ready);

}  // namespace carehub::tool::bench
