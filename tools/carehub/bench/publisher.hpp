// One publisher's process: its events are encoded beforehand, sent within the window when the word
// to go is given, and timed until each has its receipt.
//
// Contract: a message carries at most `batch` events, and fewer only when the window, the rate or
// the end of the work allows no more: with a batch of 1 every message is one event. At a wanted
// rate an event counts from when it was due, so that waiting for a slow hub is not hidden.
// Errors: as WireSession; Timeout when receipts stop coming; Invalid for an event that was refused.
// Threads: confined to one thread.
#pragma once

#include <functional>

#include "adapters/kit/link_file.hpp"
#include "tools/carehub/bench/dialect.hpp"
#include "tools/carehub/bench/shared_times.hpp"

namespace carehub::tool::bench {

struct PeerTask {
    Wire wire = Wire::Hub;
    std::uint64_t number = 0;  ///< of the publisher or subscriber
    adapters::LinkFile link;
    Options options;
    UtcTime base;  ///< of the events' times
};

struct Published {
    std::int64_t end_us = 0;  ///< the last receipt
    std::uint64_t messages = 0;
    std::uint64_t last_sequence = 0;
};

/// `on_ready` is called once, when only the word to go is missing.
[[nodiscard]] Result<Published> publish(const PeerTask& task, const SharedTimes& times,
                                        const std::function<void()>& on_ready);

}  // namespace carehub::tool::bench
