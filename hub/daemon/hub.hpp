// The hub process: opens the folder, starts the threads, waits for the signal, stops in order.
//
//   zap       answers libzmq's key questions
//   gateway   ROUTER, sessions          -> inputs
//   core      machine, ticks            -> batches
//   journal   append, ledger, follower  -> released batches
//   follower  staff questions           -> answers
//   checkpoints signs heads of the journal, for partners and the witness folder
//   snapshots beside all of them, from the journal alone (snapshotter.hpp)
//
// Errors: of opening as OpenHub; SyncFailed and the like of a running stage stop the process: the
// caller maps them to exit codes. Threads: run() on the main thread.
#pragma once

#include <atomic>
#include <functional>

#include "hub/daemon/data_folder.hpp"

namespace carehub::daemon {

struct HubOptions {
    std::optional<std::uint16_t> port;  ///< instead of the one in carehub.toml
    std::string fail_on_event;          ///< tests only: CoreStage::Options
    std::uint64_t snapshot_every = 0;   ///< tests only: Snapshotter
};

struct HubReady {
    std::string endpoint;
    std::uint64_t sequence = 0;
    std::uint64_t snapshot = 0;  ///< the one the start began with; 0: none
};

/// Runs until `stop`; returns after everything received was decided and its receipts were sent.
[[nodiscard]] Status run_hub(const DataFolder& folder, const HubOptions& options,
                             const std::atomic<bool>& stop,
                             const std::function<void(const HubReady&)>& on_ready);

/// 70, 71, 72 as the command line promises; 1 for the rest.
[[nodiscard]] int exit_code_of(const Error& error);

}  // namespace carehub::daemon
