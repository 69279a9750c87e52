#include "adapters/kit/raw_archive.hpp"

#include <algorithm>
#include <utility>

#include "adapters/kit/segment_files.hpp"
#include "adapters/kit/sha256.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters {
namespace {

constexpr std::string_view kLogName = "raw archive";

Date day_of(UtcTime time) { return std::chrono::floor<std::chrono::days>(time); }

/// Whether the message stands there whole; one that does not is as good as not kept.
Result<std::optional<std::uint64_t>> number_at(const std::filesystem::path& path,
                                               std::uint32_t offset, const Hash128& keyed_hash) {
    const auto file = File::open(path, OpenFor::Reading);
    auto message =
        file ? read_raw_message(*file, offset) : Result<RawMessage>(tl::unexpected(file.error()));
    if (message) {
        return message->keyed_hash == keyed_hash ? std::optional(message->number) : std::nullopt;
    }
    if (message.error().code == ErrorCode::Io) {
        return tl::unexpected(message.error());
    }
    return std::optional<std::uint64_t>{};
}

/// Whether nothing stands there but room made ahead.
Result<bool> is_blank(const File& file, std::uint64_t from, std::uint64_t to) {
    if (to - from > kRawRoomBytes + kRawZeroBytes) {
        return false;
    }
    Bytes tail(static_cast<std::size_t>(to - from));
    CAREHUB_TRY([[maybe_unused]] const std::size_t got, file.read_at(from, tail));
    return is_room(tail);
}

}  // namespace

std::filesystem::path raw_archive_folder(const std::filesystem::path& state_folder) {
    return state_folder / "raw-archive";
}

Result<std::unique_ptr<RawArchive>> RawArchive::open(const std::filesystem::path& folder,
                                                     Sealing& sealing,
                                                     const RawArchiveLimits& limits) {
    CAREHUB_TRY_DONE(make_folder(folder));
    CAREHUB_TRY(File lock, File::open(folder / "lock", OpenFor::Writing));
    CAREHUB_TRY_DONE(lock.lock());
    std::unique_ptr<RawArchive> archive(new RawArchive(folder, sealing, limits, std::move(lock)));
    CAREHUB_TRY_DONE(archive->recover());
    return archive;
}

/// Room that stays in the file is no damage: the next open() takes it away.
RawArchive::~RawArchive() { [[maybe_unused]] const Status closed = close_active(); }

Status RawArchive::recover() {
    CAREHUB_TRY(std::vector<std::filesystem::path> paths, list_segments(folder_));
    std::erase_if(paths, [](const auto& path) { return !first_of(path); });
    for (const auto& path : paths) {
        CAREHUB_TRY_DONE(recover_segment(path, *first_of(path), path == paths.back()));
    }
    return {};
}

Status RawArchive::recover_segment(const std::filesystem::path& path, std::uint64_t first,
                                   bool newest) {
    CAREHUB_TRY(File file, File::open(path, newest ? OpenFor::Writing : OpenFor::Reading));
    std::vector<RawFront> fronts;
    RawVisitor visitor;
    visitor.on_message = [&](const RawFront& front) { fronts.push_back(front); };
    const auto walk = walk_raw_segment(file, newest ? RawCheck::Whole : RawCheck::Fronts, visitor);
    if (!walk) {
        return walk.error().code == ErrorCode::Damaged ? recover_unreadable(path, first, newest)
                                                       : tl::unexpected(walk.error());
    }
    const Segment& segment = add_segment(path, walk->head, walk->size);
    next_ = std::max(next_, walk->next);
    if (!sealing_.knows(walk->head.key_name)) {
        if (newest) {
            return fail(ErrorCode::Invalid,
                        "the raw archive was sealed with another link's key: put that link's "
                        "secret_key into earlier_keys of the link file, or move the folder "
                        "raw-archive away");
        }
        log::warning(kLogName, "a segment is sealed with a key that the link no longer has");
        return {};
    }
    for (const RawFront& front : fronts) {
        index_.add(front.keyed_hash, {segment.id, static_cast<std::uint32_t>(front.offset)});
    }
    if (newest && walk->damaged == 0) {
        return reopen_newest(std::move(file), *walk);
    }
    if (!walk->is_whole()) {
        ++damaged_segments_;
        next_ = std::max(next_, segment.first + walk->size);  // what was damaged had numbers too
        log::warning(kLogName, path.filename().string() +
                                   " is damaged: what is whole in it is "
                                   "still read, and it is kept as it is");
    }
    return {};
}

/// A file without a head: a start that a crash interrupted, or damage.
Status RawArchive::recover_unreadable(const std::filesystem::path& path, std::uint64_t first,
                                      bool newest) {
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(path, error);
    if (error) {
        return fail(ErrorCode::Io, "cannot look at a segment of the raw archive");
    }
    if (newest && size <= raw_head_record_bytes()) {
        return remove_file(path);
    }
    CAREHUB_TRY(const UtcTime changed, modified_at(path));
    add_segment(path, {first, day_of(changed), {}}, size);
    next_ = std::max(next_, first + size);
    ++damaged_segments_;
    log::warning(kLogName, path.filename().string() + " has no whole head: it cannot be read");
    return {};
}

Status RawArchive::reopen_newest(File file, const RawWalk& walk) {
    Segment& segment = segments_.back();
    if (walk.end < walk.size) {
        CAREHUB_TRY(const bool blank, is_blank(file, walk.end, walk.size));
        if (!blank) {
            log::warning(kLogName, "dropped an end that was never finished: " +
                                       std::to_string(walk.size - walk.end) + " bytes");
        }
        CAREHUB_TRY_DONE(file.truncate(walk.end));
        bytes_ -= walk.size - walk.end;
        segment.bytes = walk.end;
    }
    if (walk.head.key_name == sealing_.key_name()) {
        active_ = std::move(file);
        room_ = walk.end;
    }
    return {};
}

RawArchive::Segment& RawArchive::add_segment(const std::filesystem::path& path,
                                             const RawSegmentHead& head, std::uint64_t bytes) {
    segments_.push_back({next_segment_++, path, head.first, head.day, bytes});
    bytes_ += bytes;
    return segments_.back();
}

Result<Hash256> RawArchive::put(ByteView raw, UtcTime now) {
    const Hash256 digest = sha256(raw);
    CAREHUB_TRY([[maybe_unused]] const std::uint64_t number, put(raw, digest, now));
    return digest;
}

Result<std::uint64_t> RawArchive::put(ByteView raw, const Hash256& raw_sha256, UtcTime now) {
    if (raw.size() > kRawMessageBytesMax) {
        return fail(ErrorCode::Invalid, "a message is larger than the raw archive takes");
    }
    const std::vector<Hash128> hashes = sealing_.keyed_hashes(raw_sha256);
    CAREHUB_TRY(const std::optional<std::uint64_t> kept, number_of(hashes));
    if (kept) {
        return *kept;
    }
    CAREHUB_TRY_DONE(make_ready(now));
    const std::uint64_t offset = segments_.back().bytes + written_ + buffer_.size();
    unsynced_[hashes.front()] = {next_, static_cast<std::uint32_t>(offset)};
    put_message(buffer_, {next_, hashes.front(), sealing_.seal(SealedAs::RawMessage, next_, raw)});
    return next_++;
}

Status RawArchive::tell(const Hash256& raw_sha256, std::span<const Sequence> events, UtcTime now) {
    CAREHUB_TRY(const std::optional<std::uint64_t> number,
                number_of(sealing_.keyed_hashes(raw_sha256)));
    return number ? tell(*number, events, now) : Status{};
}

Status RawArchive::tell(std::uint64_t number, std::span<const Sequence> events, UtcTime now) {
    if (events.size() > kRawEventsMax) {
        return fail(ErrorCode::Invalid, "more events of one message than the raw archive notes");
    }
    if (events.empty()) {
        return {};
    }
    CAREHUB_TRY_DONE(make_ready(now));
    put_events(buffer_, number, events);
    return {};
}

Result<std::optional<std::uint64_t>> RawArchive::number_of(
    const std::vector<Hash128>& keyed_hashes) const {
    if (const auto open = unsynced_.find(keyed_hashes.front()); open != unsynced_.end()) {
        return std::optional(open->second.number);
    }
    for (const Hash128& hash : keyed_hashes) {
        for (const RawPlace& place : index_.find(hash)) {
            const Segment* segment = segment_of(place.segment);
            if (segment == nullptr) {
                continue;
            }
            CAREHUB_TRY(const auto number, number_at(segment->path, place.offset, hash));
            if (number) {
                return number;
            }
        }
    }
    return std::optional<std::uint64_t>{};
}

const RawArchive::Segment* RawArchive::segment_of(std::uint32_t id) const {
    const auto found = std::ranges::lower_bound(segments_, id, {}, &Segment::id);
    return found != segments_.end() && found->id == id ? &*found : nullptr;
}

/// Sees to room in memory, and to a segment that may be written to: of today, and not too large.
Status RawArchive::make_ready(UtcTime now) {
    if (buffer_.size() >= kRawBufferBytes) {
        CAREHUB_TRY_DONE(flush());
    }
    const Date day = day_of(now);
    if (active_ && day <= segments_.back().day &&
        segments_.back().bytes + written_ + buffer_.size() < limits_.segment_bytes_max) {
        return {};
    }
    CAREHUB_TRY_DONE(sync());
    CAREHUB_TRY_DONE(start_segment(day));
    return let_go_beyond_limits();
}

Status RawArchive::start_segment(Date day) {
    CAREHUB_TRY_DONE(close_active());
    if (!segments_.empty() && segments_.back().first == next_) {
        ++next_;  // it holds no message, but its name
    }
    const std::filesystem::path path = folder_ / segment_name(next_);
    const RawSegmentHead head{next_, day, sealing_.key_name()};
    Bytes record;
    put_head(record, head);
    CAREHUB_TRY(File file, File::open(path, OpenFor::Writing));
    CAREHUB_TRY_DONE(file.truncate(0));
    CAREHUB_TRY_DONE(file.write_at(0, record));
    CAREHUB_TRY_DONE(file.sync());
    CAREHUB_TRY_DONE(sync_folder(folder_));
    active_ = std::move(file);
    room_ = record.size();
    add_segment(path, head, record.size());
    return {};
}

/// Written again at the same place when it failed.
Status RawArchive::flush() {
    make_room(segments_.back().bytes + written_ + buffer_.size());
    CAREHUB_TRY_DONE(active_->write_at(segments_.back().bytes + written_, buffer_));
    written_ += buffer_.size();
    buffer_.clear();
    return {};
}

/// A disk without room for it may still have room for the records.
void RawArchive::make_room(std::uint64_t end) {
    if (end <= room_) {
        return;
    }
    const Bytes zeros(kRawZeroBytes);
    const std::uint64_t until = end + kRawRoomBytes;
    while (room_ < until && active_->write_at(room_, zeros)) {
        room_ += zeros.size();
    }
}

/// Without the room that was made ahead.
Status RawArchive::close_active() {
    if (!active_) {
        return {};
    }
    File file = *std::exchange(active_, std::nullopt);
    CAREHUB_TRY_DONE(file.truncate(segments_.back().bytes + written_));
    return file.sync();
}

Status RawArchive::sync() {
    if (buffer_.empty() && written_ == 0) {
        return {};
    }
    CAREHUB_TRY_DONE(flush());
    CAREHUB_TRY_DONE(active_->sync());
    Segment& segment = segments_.back();
    segment.bytes += written_;
    bytes_ += written_;
    written_ = 0;
    for (const auto& [hash, open] : unsynced_) {
        index_.add(hash, {segment.id, open.offset});
    }
    unsynced_.clear();
    return {};
}

Status RawArchive::let_go(UtcTime now) {
    const auto is_old = [&](const Segment& segment) {
        return day_of(now) - segment.day > limits_.kept_for;
    };
    // A quiet feed may not have begun a new one since.
    if (!segments_.empty() && is_old(segments_.back())) {
        CAREHUB_TRY_DONE(sync());
        CAREHUB_TRY_DONE(close_active());
    }
    while (!segments_.empty() && is_old(segments_.front())) {
        CAREHUB_TRY_DONE(remove_oldest());
    }
    return {};
}

Status RawArchive::let_go_beyond_limits() {
    while (segments_.size() > 1 &&
           (bytes_ > limits_.kept_bytes_max || index_.size() > limits_.messages_max)) {
        log::warning(kLogName, "full: the messages begun on " + to_iso(segments_.front().day) +
                                   " go before their time; see keep_mib");
        CAREHUB_TRY_DONE(remove_oldest());
    }
    return {};
}

Status RawArchive::remove_oldest() {
    const Segment& oldest = segments_.front();
    CAREHUB_TRY_DONE(remove_file(oldest.path));
    index_.drop(oldest.id);
    bytes_ -= oldest.bytes;
    segments_.pop_front();
    return {};
}

}  // namespace carehub::adapters
