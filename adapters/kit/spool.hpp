// What waits for the hub: items on disk until each is acknowledged.
//
// Contract: items join in transactions: add() any number, then commit() with a note; after a crash
// a transaction is there with its note, or not at all. Items are numbered from 1 in order of
// commit. acknowledge() takes any order; an acknowledgement may be forgotten by a crash (at most
// kSpoolUnsavedMax of them, or those since save()), an item never. Space returns when every item of
// an older segment file is acknowledged. The last note outlives its items.
// Errors: Full at the bound (the transaction is to be abandoned, nothing of it stays);
// AnotherWriter when the folder is in use; Damaged when stored bytes are not what was written;
// SyncFailed: stop. After an Io or SyncFailed of commit() the object is not to be used further.
// Threads: confined to one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/spool_segment.hpp"

namespace carehub::adapters {

struct SpoolLimits {
    std::uint64_t bytes_max = kSpoolBytesMax;
    std::uint64_t segment_bytes_max = kSpoolSegmentBytesMax;
};

class Spool {
public:
    /// Opens the spool in `folder`, made if it is not there; drops a torn last transaction.
    [[nodiscard]] static Result<std::unique_ptr<Spool>> open(const std::filesystem::path& folder,
                                                             const SpoolLimits& limits = {});

    [[nodiscard]] Status add(ByteView item);
    [[nodiscard]] Status commit(std::string_view note);
    [[nodiscard]] Status abandon();

    /// The note of the last transaction; empty before the first.
    [[nodiscard]] const std::string& note() const { return note_; }
    /// Items committed and not acknowledged.
    [[nodiscard]] std::uint64_t pending() const { return pending_; }
    [[nodiscard]] bool is_pending(std::uint64_t number) const;
    /// No pending item has a lower number.
    [[nodiscard]] std::uint64_t first_pending() const { return first_; }
    /// The number the next committed item will have.
    [[nodiscard]] std::uint64_t next() const { return first_ + items_.size(); }
    /// Requires is_pending(number).
    [[nodiscard]] Result<Bytes> read(std::uint64_t number) const;

    /// An item that is not pending is let be.
    [[nodiscard]] Status acknowledge(std::uint64_t number);
    /// Makes the acknowledgements so far durable, but for those behind an item still pending.
    [[nodiscard]] Status save();
    [[nodiscard]] std::uint64_t bytes_on_disk() const { return bytes_on_disk_; }

private:
    struct Segment {
        std::filesystem::path path;
        File file;
        std::uint64_t first;
        std::uint64_t bytes;
    };
    struct Item {
        Segment* segment;
        SpoolPlace place;
        bool acknowledged;
    };

    Spool(std::filesystem::path folder, const SpoolLimits& limits, File lock)
        : folder_(std::move(folder)), limits_(limits), lock_(std::move(lock)) {}
    Status recover();
    Status recover_segment(const std::filesystem::path& path, bool newest);
    Result<std::uint64_t> read_saved() const;
    Status start_segment();
    Status flush();
    Status remove_acknowledged_segments();

    std::filesystem::path folder_;
    SpoolLimits limits_;
    File lock_;
    std::deque<std::unique_ptr<Segment>> segments_;  ///< items keep their addresses; last is open
    std::deque<Item> items_;                         ///< from number first_ on
    std::deque<Item> open_items_;                    ///< of the transaction in progress
    Bytes buffer_;                                   ///< its records not yet written
    std::uint64_t written_ = 0;                      ///< its bytes written after the segment's own
    std::uint64_t first_ = 1;
    std::uint64_t pending_ = 0;
    std::uint64_t unsaved_ = 0;
    std::uint64_t bytes_on_disk_ = 0;
    std::string note_;
};

}  // namespace carehub::adapters
