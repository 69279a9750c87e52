// What a run of the benchmark does. The defaults are the fixed work that figures are quoted for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace carehub::tool::bench {

struct Options {
    std::uint64_t events = 500'000;
    std::uint64_t clients = 100'000;  ///< linked, each with a consent
    std::size_t size_bytes = 512;     ///< of an event as encoded
    std::size_t window = 1'024;       ///< events of a publisher without a receipt at a time
    std::size_t batch = 64;           ///< events of a message at most
    std::uint64_t publishers = 1;
    std::uint64_t subscribers = 1;  ///< each gets every event
    std::uint64_t rate = 0;         ///< events/s of all publishers together; 0: as fast as it goes
};

/// What the work is, as options that another program of it takes too.
[[nodiscard]] inline std::vector<std::pair<const char*, std::uint64_t>> told_to_peers(
    const Options& options) {
    return {{"--events", options.events},
            {"--size", options.size_bytes},
            {"--window", options.window},
            {"--batch", options.batch},
            {"--publishers", options.publishers},
            {"--subscribers", options.subscribers},
            {"--rate", options.rate}};
}

}  // namespace carehub::tool::bench
