// What waits for the hub: items on disk, sealed, until each is acknowledged; and, within bounds,
// what was acknowledged, for a hub that is set back and asks for it again.
//
// Contract: items join in transactions: add() any number, then commit() with a note; after a crash
// a transaction is there with its note, or not at all. Items are numbered from 1 in order of
// commit. acknowledge() takes any order; an acknowledgement may be forgotten by a crash (at most
// kSpoolUnsavedMax of them, or those since save()), an item never. When every item of an
// older segment file is acknowledged, the file no longer counts as room taken; it is kept until
// what is kept exceeds kept_bytes_max, or let_go() finds that it has not changed for kept_for.
// begin_again() makes all that is kept pending again, in its old order. The last note outlives its
// items.
// Errors: Invalid when the spool was sealed with another link's key, one that this link never had;
// Full at the bound (the transaction is to be abandoned, nothing of it stays); AnotherWriter when
// the folder is in use; Damaged when stored bytes are not what was written;
// SyncFailed: stop. After an Io or SyncFailed of commit() the object is not to be used further.
// Threads: confined to one thread. Lifetime: borrows the sealing.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/sealing.hpp"
#include "adapters/kit/spool_segment.hpp"

namespace carehub::adapters {

struct SpoolLimits {
    std::uint64_t bytes_max = kSpoolBytesMax;
    std::uint64_t segment_bytes_max = kSpoolSegmentBytesMax;
    std::uint64_t kept_bytes_max = 0;  ///< of acknowledged segments; 0: they go at once
    std::chrono::seconds kept_for = kSpoolKeptFor;
};

class Spool {
public:
    /// Opens the spool in `folder`, made if it is not there; drops a torn last transaction.
    [[nodiscard]] static Result<std::unique_ptr<Spool>> open(const std::filesystem::path& folder,
                                                             Sealing& sealing,
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
    /// Of segments with an item that is pending, and of the one being written.
    [[nodiscard]] std::uint64_t bytes_on_disk() const { return bytes_on_disk_; }
    [[nodiscard]] std::uint64_t bytes_kept() const { return bytes_kept_; }

    /// Removes what was acknowledged and has been kept long enough; `now` is the wall's time.
    [[nodiscard]] Status let_go(UtcTime now);
    /// Not inside a transaction. Older files that are damaged are passed over with a word in the
    /// log.
    [[nodiscard]] Status begin_again();

private:
    struct Segment {
        std::filesystem::path path;
        File file;
        std::uint64_t first;
        std::uint64_t bytes;
        Hash128 key_name;  ///< of the key its items are sealed with
    };
    struct Kept {
        std::filesystem::path path;
        std::uint64_t first;
        std::uint64_t bytes;
    };
    struct Item {
        Segment* segment;
        SpoolPlace place;
        bool acknowledged;
    };

    Spool(std::filesystem::path folder, Sealing& sealing, const SpoolLimits& limits, File lock)
        : folder_(std::move(folder)), sealing_(sealing), limits_(limits), lock_(std::move(lock)) {}
    Status recover();
    Status recover_segment(const std::filesystem::path& path, bool newest);
    Result<std::uint64_t> read_saved() const;
    Status start_segment();
    Status flush();
    Status retire_acknowledged_segments();
    Status remove_oldest_kept();
    Status keep_unread(std::vector<std::filesystem::path>& paths, std::uint64_t saved);
    [[nodiscard]] std::uint64_t first_readable() const;

    std::filesystem::path folder_;
    Sealing& sealing_;
    SpoolLimits limits_;
    File lock_;
    std::deque<std::unique_ptr<Segment>> segments_;  ///< items keep their addresses; last is open
    std::deque<Kept> kept_;                          ///< acknowledged ones before those
    std::deque<Item> items_;                         ///< from number first_ on
    std::deque<Item> open_items_;                    ///< of the transaction in progress
    Bytes buffer_;                                   ///< its records not yet written
    std::uint64_t written_ = 0;                      ///< its bytes written after the segment's own
    std::uint64_t first_ = 1;
    std::uint64_t pending_ = 0;
    std::uint64_t unsaved_ = 0;
    std::uint64_t bytes_on_disk_ = 0;
    std::uint64_t bytes_kept_ = 0;
    std::string note_;
};

}  // namespace carehub::adapters
