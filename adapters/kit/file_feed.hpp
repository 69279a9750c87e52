// Takes files from a watched folder, once each: parsed, spooled, and moved out of the way.
//
// Contract: a file's events, the kind's new state and the file's fingerprint become durable in one
// step (the spool's commit); before it nothing of the file has happened, after it the file is never
// read again, even if the adapter is killed before the file is moved. A file that gave refusals and
// no event goes to refused_folder, any other to done_folder. A file that cannot be read leaves the
// kind's state as it was; of any other the kind itself says what it remembers: a calendar whose
// only new row is bad still tells which hearings are no longer listed. Refusals and findings become
// lines of refusals.jsonl and findings.jsonl in refused_folder, once. A file that cannot be read
// for a reason of the moment stays and is tried again; while the spool is full files wait. What a
// file shows to be wrong with the feed itself is told with its events (feed_fault.hpp).
// Errors: what the spool says; Io, SyncFailed for the folders.
// Threads: confined to one thread.
// Lifetime: borrows spool, sealing and counts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "adapters/kit/counts.hpp"
#include "adapters/kit/feed_desk.hpp"
#include "adapters/kit/feed_state.hpp"
#include "adapters/kit/folder_watch.hpp"
#include "adapters/kit/spool.hpp"

namespace carehub::adapters {

/// A kind's reading of one file or set. `state` is the kind's memory between files, as text; a kind
/// that refuses the whole document leaves it alone.
using ParseFile =
    std::function<Result<Parsed>(const std::filesystem::path& file, std::string& state)>;

/// The durable steps of one file, in order.
enum class FeedStep : std::uint8_t { StateWritten, Committed, LinesWritten, Moved };

struct FileFeedOptions {
    std::string feed;  ///< its name; empty: the feed tells nothing of itself
    WatchFolders folders;
    Takes takes = Takes::Files;
    std::filesystem::path state_folder;
    ParseFile parse;
    /// Instead of `parse`, for a kind whose files may be larger than the memory.
    ReadLargeFile read_large = nullptr;
    EncodeSubmission encode = nullptr;
    /// Seam: asked after each durable step; an error stops there, as a kill would.
    std::function<Status(FeedStep)> after_step = nullptr;
};

class FileFeed {
public:
    /// Completes what a killed adapter left undone.
    [[nodiscard]] static Result<std::unique_ptr<FileFeed>> open(FileFeedOptions options,
                                                                Spool& spool, Sealing& sealing,
                                                                Counts& counts);
    /// Looks at the folder once and takes what has settled.
    [[nodiscard]] Status step();

    /// True when the last step found nothing to take or to wait for.
    [[nodiscard]] bool is_idle() const { return idle_; }
    [[nodiscard]] std::uint64_t files_done() const { return state_.files_done; }
    [[nodiscard]] std::uint64_t files_refused() const { return state_.files_refused; }
    /// Adds a line to refusals.jsonl for an event the hub refused.
    [[nodiscard]] Status tell_refusal(const RecordRefusal& refusal);
    /// Adds lines to findings.jsonl for what the hub told of events.
    [[nodiscard]] Status tell_findings(const std::vector<Finding>& findings);

private:
    /// What one file came to.
    struct Reading {
        Parsed parsed;
        std::string kind_state;
        std::uint32_t spooled = 0;  ///< events that are in the spool already
        FileSignature signature;    ///< from before the file was looked into
        std::set<FeedFault> faults;
        bool refused = false;
    };
    enum class Taken : std::uint8_t { Yes, Later, NoRoom };

    FileFeed(FileFeedOptions options, Spool& spool, Sealing& sealing, Counts& counts);
    Status recover();
    [[nodiscard]] bool waits_for_room();
    Result<Taken> take(const std::filesystem::path& path);
    Result<Reading> read(const std::filesystem::path& path);
    Result<Parsed> parse(const std::filesystem::path& path, Reading& reading);
    Result<Taken> without_reading(const Error& error);
    /// Adds what the file shows of the feed to its events.
    Status judge_feed(const std::filesystem::path& path, const std::string& fingerprint,
                      Reading& reading);
    Result<Taken> spool_events(const std::string& name, Reading& reading);
    Status settle(const std::filesystem::path& path, std::string fingerprint, Reading reading);
    /// With the signature that the file had when it was read; without one it is read again.
    Status finish_delivery(const Delivery& delivery, const FileSignature& read_as = std::nullopt);
    [[nodiscard]] bool is_still(const Delivery& delivery, const FileSignature& read_as) const;
    Status passed(FeedStep step) const;
    void count(const Reading& reading, const std::string& name);

    FileFeedOptions options_;
    Spool& spool_;
    Sealing& sealing_;
    Counts& counts_;
    FolderWatch watch_;
    LineFile refusals_;
    LineFile findings_;
    std::uint64_t generation_ = 0;
    FeedState state_;
    std::map<std::string, unsigned> looks_to_wait_;  ///< files that could not be read just now
    bool idle_ = false;
    std::optional<std::uint64_t> full_at_;  ///< bytes of the spool when a file found no room in it
};

}  // namespace carehub::adapters
