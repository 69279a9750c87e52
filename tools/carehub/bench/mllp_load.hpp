// Senders of HL7 v2 messages over MLLP: many connections in one thread, on each the next message
// goes when the last has its answer.
//
// Contract: every message is sent once and answered once. Errors: Io for a connection; Timeout when
// no answer comes any more; Invalid when an answer is no acceptance. Threads: any one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tools/carehub/bench/figures.hpp"

namespace carehub::tool::bench {

struct MllpWork {
    std::uint16_t port = 0;
    std::size_t connections = 16;
    std::uint64_t messages = 0;
    std::function<std::string(std::uint64_t index)> message;  ///< without its frame
};

struct MllpDone {
    double messages_per_s = 0;
    Latency latency_us;  ///< from the message's first byte to its answer's last
    double cpu_s = 0;    ///< of the senders
};

[[nodiscard]] Result<MllpDone> send_messages(const MllpWork& work);

}  // namespace carehub::tool::bench
