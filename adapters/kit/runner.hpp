// The main loop of an adapter that reads files: folder -> spool -> hub -> receipts.
//
// Contract: whatever a file held is with the hub, or in the spool, or told in refusals.jsonl. While
// the adapter has nothing pending, `idle.json` stands in the state folder:
//   {"idle":true,"files_done":N,"files_refused":N,"spooled":0,
//    "accepted":N,"duplicate":N,"refused":N}                    (on one line)
// It is replaced as a whole and removed as soon as something is pending; files_done counts all
// files ever dealt with, the last three count since the start.
// Errors: SyncFailed, Damaged, AnotherWriter, Io: the adapter has to end, a restart is the
// recovery.
// Threads: confined to one thread; `stop` may be set by any, also by a signal's handler.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "adapters/kit/file_feed.hpp"
#include "adapters/kit/spool_sender.hpp"

namespace carehub::adapters {

class RawArchive;

struct RunnerOptions {
    FeedConfig feed;  ///< with [watch]
    Takes takes = Takes::Files;
    std::filesystem::path state_folder;  ///< the adapter's own: spool, state, idle.json
    LinkSecrets link_secrets;            ///< spool and state are sealed with the link's secret key
    Hash256 hub_key{};                   ///< the hub's public key: receipts are this hub's
    ParseFile parse;
    ReadLargeFile read_large = nullptr;  ///< instead of `parse`
    EncodeSubmission encode = nullptr;
    DecodeSubmission decode;
    /// Where `parse` puts raw messages, if it does: told of their events, synced each round, and
    /// let go of what is old. Outlives the adapter.
    RawArchive* raw_archive = nullptr;
    std::function<void()> on_ready = nullptr;  ///< once, when the folder is watched
    std::function<void()> on_round = nullptr;  ///< after each round: the place to print counts
};

/// The logic, a round at a time.
class FolderAdapter {
public:
    /// Invalid when the feed has no [watch], or the link no secret key.
    [[nodiscard]] static Result<std::unique_ptr<FolderAdapter>> open(const RunnerOptions& options,
                                                                     HubLink& link,
                                                                     const Clock& clock,
                                                                     Counts& counts);
    /// Looks at the folder when it is time to, sends, and waits up to `wait` for the hub.
    [[nodiscard]] Status step(std::chrono::milliseconds wait);
    /// Makes the receipts so far durable.
    [[nodiscard]] Status close();
    [[nodiscard]] bool is_idle() const { return feed_->is_idle() && spool_->pending() == 0; }

private:
    FolderAdapter(const RunnerOptions& options, HubLink& link, const Clock& clock, Counts& counts);
    Status tell_idle();
    Status let_go();
    [[nodiscard]] TellEvent tell_event() const;

    std::filesystem::path idle_file_;
    HubLink& link_;
    const Clock& clock_;
    Counts& counts_;
    RawArchive* raw_archive_;
    std::unique_ptr<Sealing> sealing_;
    std::unique_ptr<Spool> spool_;
    std::unique_ptr<FileFeed> feed_;
    std::optional<ReceiptMemory> receipts_;
    std::unique_ptr<SpoolSender> sender_;
    Micros look_at_{};
    Micros let_go_at_{};
    std::string idle_told_;  ///< what idle.json says; empty when it is not there
};

/// Runs until `stop`.
[[nodiscard]] Status run_folder_adapter(const RunnerOptions& options, HubLink& link,
                                        const std::atomic<bool>& stop, Counts& counts);

}  // namespace carehub::adapters
