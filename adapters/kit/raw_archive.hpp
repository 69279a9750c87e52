// What partners sent, as they sent it: sealed, found again by its SHA-256 or by an event that came
// of it, and let go after its time. Only the SHA-256 travels.
//
// Files: `segment-...` (raw_segment.hpp), one a day or more, and `lock`; 0600 in a folder 0700.
//
// Contract: what was put is on disk when the next sync() returns; one sync() may follow many puts.
// The same bytes are kept once, as long as they are kept. A torn end is dropped with a word in the
// log. A segment that is damaged, or sealed with a key that the link no longer has, is told in the
// log and let be: what is whole in it is still read (raw_reader.hpp), and nothing more is written
// to it. Segments go when they are older than kept_for, or the oldest while there are more bytes or
// messages than the limits say, but never the one being written.
// Errors: Io, such as a full disk: put() or tell() that fails has taken nothing, sync() that fails
// may be called again, and what was taken before is still to be synced; it waits in memory, at most
// kRawBufferBytes and one record. SyncFailed: stop. open(): AnotherWriter; Invalid when the archive
// was last written with the key of another link. put() and tell(): Invalid when given more than a
// message or its events may be.
// Threads: confined to one thread. Lifetime: borrows the sealing.
#pragma once

#include <chrono>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/raw_index.hpp"
#include "adapters/kit/raw_segment.hpp"
#include "adapters/kit/sealing.hpp"

namespace carehub::adapters {

struct RawArchiveLimits {
    std::uint64_t segment_bytes_max = kRawSegmentBytesMax;
    std::uint64_t kept_bytes_max = kRawKeptBytesMax;
    std::size_t messages_max = kRawMessagesMax;
    std::chrono::days kept_for = kRawKeptFor;
    friend bool operator==(const RawArchiveLimits&, const RawArchiveLimits&) = default;
};

class RawArchive {
public:
    /// `sealing` is of SealingKey::RawArchive. Reads the fronts of all that is kept.
    [[nodiscard]] static Result<std::unique_ptr<RawArchive>> open(
        const std::filesystem::path& folder, Sealing& sealing, const RawArchiveLimits& limits = {});
    RawArchive(const RawArchive&) = delete;
    RawArchive& operator=(const RawArchive&) = delete;
    ~RawArchive();

    /// Keeps the message and tells its SHA-256.
    [[nodiscard]] Result<Hash256> put(ByteView raw, UtcTime now);
    /// Keeps the message of that SHA-256 and tells its number.
    [[nodiscard]] Result<std::uint64_t> put(ByteView raw, const Hash256& raw_sha256, UtcTime now);
    /// Notes which events came of a message, by their receipts; of one that is not kept, nothing.
    /// Durable as put(). Events told of a message again are added to those told before.
    [[nodiscard]] Status tell(const Hash256& raw_sha256, std::span<const Sequence> events,
                              UtcTime now);
    /// The same of the message with the number that put() told.
    [[nodiscard]] Status tell(std::uint64_t number, std::span<const Sequence> events, UtcTime now);
    /// Costs nothing when nothing is new.
    [[nodiscard]] Status sync();
    /// Removes what has been kept long enough; `now` is the wall's time.
    [[nodiscard]] Status let_go(UtcTime now);

    /// Messages that are found by their digest, those not yet synced among them.
    [[nodiscard]] std::size_t messages() const { return index_.size() + unsynced_.size(); }
    [[nodiscard]] std::uint64_t bytes_on_disk() const { return bytes_; }
    /// Segments with damage, found when the archive was opened.
    [[nodiscard]] std::size_t damaged_segments() const { return damaged_segments_; }

private:
    struct Segment {
        std::uint32_t id;
        std::filesystem::path path;
        std::uint64_t first;
        Date day;
        std::uint64_t bytes;  ///< synced
    };
    struct Unsynced {
        std::uint64_t number;
        std::uint32_t offset;
    };

    RawArchive(std::filesystem::path folder, Sealing& sealing, const RawArchiveLimits& limits,
               File lock)
        : folder_(std::move(folder)), sealing_(sealing), limits_(limits), lock_(std::move(lock)) {}
    Status recover();
    Status recover_segment(const std::filesystem::path& path, std::uint64_t first, bool newest);
    Status recover_unreadable(const std::filesystem::path& path, std::uint64_t first, bool newest);
    Status reopen_newest(File file, const RawWalk& walk);
    Segment& add_segment(const std::filesystem::path& path, const RawSegmentHead& head,
                         std::uint64_t bytes);
    Result<std::optional<std::uint64_t>> number_of(const std::vector<Hash128>& keyed_hashes) const;
    [[nodiscard]] const Segment* segment_of(std::uint32_t id) const;
    Status make_ready(UtcTime now);
    Status start_segment(Date day);
    Status let_go_beyond_limits();
    Status remove_oldest();
    Status flush();
    void make_room(std::uint64_t end);
    Status close_active();

    std::filesystem::path folder_;
    Sealing& sealing_;
    RawArchiveLimits limits_;
    File lock_;
    std::deque<Segment> segments_;  ///< in order of their messages
    std::optional<File> active_;    ///< the last one's, when it is being written
    std::uint64_t room_ = 0;        ///< where the zeros end that stand ahead in it
    RawIndex index_;
    std::map<Hash128, Unsynced> unsynced_;  ///< by keyed hash
    Bytes buffer_;                          ///< records not yet written
    std::uint64_t written_ = 0;             ///< bytes written and not yet synced
    std::uint64_t next_ = 1;                ///< the next message's number
    std::uint32_t next_segment_ = 0;
    std::uint64_t bytes_ = 0;
    std::size_t damaged_segments_ = 0;
};

/// Where the archive of an adapter with this state folder is.
[[nodiscard]] std::filesystem::path raw_archive_folder(const std::filesystem::path& state_folder);

}  // namespace carehub::adapters
