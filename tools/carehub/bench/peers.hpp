// The publishers and subscribers of one run, each a process of its own, and what they counted.
//
// Contract: run_peers() gives the word to go when all of them are connected and all events are
// encoded, and returns when all have ended. Latencies are those of every event and every
// subscriber.
// Errors: what a process said, in its log; Timeout.
// Threads: any one thread.
#pragma once

#include <filesystem>

#include "tools/carehub/bench/figures.hpp"
#include "tools/carehub/bench/publisher.hpp"
#include "tools/carehub/command.hpp"

namespace carehub::tool::bench {

struct PeerPlan {
    Wire wire = Wire::Hub;
    Options options;
    UtcTime base;
    std::filesystem::path folder;  ///< link files are written here
    std::filesystem::path log;
    std::vector<adapters::LinkFile> publishers;
    std::vector<adapters::LinkFile> subscribers;
};

struct PeersDone {
    Figures figures;  ///< without what concerns the hub's process
    std::int64_t begin_us = 0;
    std::uint64_t last_sequence = 0;
};

[[nodiscard]] Result<PeersDone> run_peers(const PeerPlan& plan);

/// Registers the subcommand that is one such process; people do not see it.
void add_peer(CLI::App& bench, Run& run);

}  // namespace carehub::tool::bench
