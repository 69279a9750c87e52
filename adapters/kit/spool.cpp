#include "adapters/kit/spool.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>
#include <vector>

#include "adapters/kit/segment_files.hpp"
#include "hub/base/check.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters {

Result<std::unique_ptr<Spool>> Spool::open(const std::filesystem::path& folder, Sealing& sealing,
                                           const SpoolLimits& limits) {
    CAREHUB_TRY_DONE(make_folder(folder));
    CAREHUB_TRY(File lock, File::open(folder / "lock", OpenFor::Writing));
    CAREHUB_TRY_DONE(lock.lock());
    std::unique_ptr<Spool> spool(new Spool(folder, sealing, limits, std::move(lock)));
    CAREHUB_TRY_DONE(spool->recover());
    return spool;
}

Status Spool::recover() {
    CAREHUB_TRY(std::vector<std::filesystem::path> paths, list_segments(folder_));
    CAREHUB_TRY(const std::uint64_t saved, read_saved());
    CAREHUB_TRY_DONE(keep_unread(paths, saved));
    for (const auto& path : paths) {
        CAREHUB_TRY_DONE(recover_segment(path, path == paths.back()));
    }
    if (saved >= next()) {
        return fail(ErrorCode::Damaged, "the spool acknowledges items it does not have");
    }
    while (first_ <= saved) {
        items_.pop_front();
        ++first_;
    }
    pending_ = items_.size();
    if (segments_.empty() || segments_.back()->key_name != sealing_.key_name()) {
        return start_segment();
    }
    return retire_acknowledged_segments();
}

/// Takes those off the front whose items are all acknowledged: they are read only when the hub asks
/// for them again. The last two stay: the newest may be a start that a crash interrupted.
Status Spool::keep_unread(std::vector<std::filesystem::path>& paths, std::uint64_t saved) {
    std::size_t kept = 0;
    while (kept + 2 < paths.size()) {
        const auto first = first_of(paths[kept]);
        const auto next = first_of(paths[kept + 1]);
        if (!first || !next || *next > saved + 1 || *first >= *next) {
            break;
        }
        std::error_code error;
        const std::uint64_t bytes = std::filesystem::file_size(paths[kept], error);
        if (error) {
            return fail(ErrorCode::Io, "cannot look at a segment of the spool");
        }
        kept_.push_back({paths[kept], *first, bytes});
        bytes_kept_ += bytes;
        ++kept;
    }
    paths.erase(paths.begin(), paths.begin() + static_cast<std::ptrdiff_t>(kept));
    return {};
}

Status Spool::recover_segment(const std::filesystem::path& path, bool newest) {
    CAREHUB_TRY(File file, File::open(path, OpenFor::Writing));
    Result<SegmentScan> scan = scan_segment(file);
    if (!scan) {
        CAREHUB_TRY(const std::uint64_t size, file.size());
        // A crash while the file was being started leaves a head that is not whole; nothing was in
        // it yet. Only the very first file has no older one beside it then.
        const bool started = !segments_.empty() || path.filename() == segment_name(1);
        if (newest && started && scan.error().code == ErrorCode::Damaged &&
            size <= kRecordHeadBytes + head_body(0, sealing_.key_name(), note_).size()) {
            return remove_file(path);
        }
        return tl::unexpected(scan.error());
    }
    if (!sealing_.knows(scan->key_name)) {
        return fail(ErrorCode::Invalid,
                    "the spool was sealed with another link's key: put that link's secret_key into "
                    "earlier_keys of the link file, or move the state folder away and deliver the "
                    "files again");
    }
    CAREHUB_TRY(const std::uint64_t size, file.size());
    if (!segments_.empty() && scan->first != next()) {
        return fail(ErrorCode::Damaged, "a segment of the spool is missing");
    }
    if (size > scan->committed_bytes) {
        if (!newest) {
            return fail(ErrorCode::Damaged, "an older segment of the spool is damaged");
        }
        log::warning("spool", "dropped a transaction that was never finished: " +
                                  std::to_string(size - scan->committed_bytes) + " bytes");
        CAREHUB_TRY_DONE(file.truncate(scan->committed_bytes));
    }
    if (segments_.empty()) {
        first_ = scan->first;
    }
    bytes_on_disk_ += scan->committed_bytes;
    note_ = scan->note;
    segments_.push_back(std::make_unique<Segment>(
        Segment{path, std::move(file), scan->first, scan->committed_bytes, scan->key_name}));
    for (const SpoolPlace& place : scan->items) {
        items_.push_back({segments_.back().get(), place, false});
    }
    return {};
}

Result<std::uint64_t> Spool::read_saved() const {
    const Result<Bytes> bytes = read_file(folder_ / "acknowledged", 64);
    if (!bytes) {
        if (bytes.error().code == ErrorCode::NotFound) {
            return std::uint64_t{0};
        }
        return tl::unexpected(bytes.error());
    }
    const std::string_view text = as_text(*bytes);
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} ||
        text.substr(static_cast<std::size_t>(read.ptr - text.data())) != "\n") {
        return fail(ErrorCode::Damaged, "the spool's list of acknowledgements is not readable");
    }
    return number;
}

Status Spool::start_segment() {
    if (!segments_.empty() && segments_.back()->first == next()) {
        bytes_on_disk_ -=
            segments_.back()->bytes;  // of another key, with nothing in it: begun anew
        segments_.pop_back();
    }
    const std::filesystem::path path = folder_ / segment_name(next());
    CAREHUB_TRY(File file, File::open(path, OpenFor::Writing));
    Bytes head;
    put_record(head, SpoolRecord::Head, head_body(next(), sealing_.key_name(), note_));
    CAREHUB_TRY_DONE(file.truncate(0));
    CAREHUB_TRY_DONE(file.write_at(0, head));
    CAREHUB_TRY_DONE(file.sync());
    CAREHUB_TRY_DONE(sync_folder(folder_));
    bytes_on_disk_ += head.size();
    segments_.push_back(std::make_unique<Segment>(
        Segment{path, std::move(file), next(), head.size(), sealing_.key_name()}));
    return retire_acknowledged_segments();
}

Status Spool::add(ByteView item) {
    if (item.size() > kSpoolItemBytesMax) {
        return fail(ErrorCode::Invalid, "an item is larger than the spool takes");
    }
    // Before the room is measured: a new segment lets go of an older one that is acknowledged.
    if (open_items_.empty() && segments_.back()->bytes >= limits_.segment_bytes_max &&
        segments_.back()->first != next()) {
        CAREHUB_TRY_DONE(start_segment());
    }
    const std::uint64_t record_bytes = kRecordHeadBytes + kSealedOverheadBytes + item.size();
    if (bytes_on_disk_ + written_ + buffer_.size() + record_bytes > limits_.bytes_max) {
        return fail(ErrorCode::Full, "the spool is full: the hub has to take some of it first");
    }
    Segment& segment = *segments_.back();
    const std::uint64_t offset = segment.bytes + written_ + buffer_.size() + kRecordHeadBytes;
    const Bytes sealed = sealing_.seal(SealedAs::SpoolItem, next() + open_items_.size(), item);
    open_items_.push_back({&segment, {offset, static_cast<std::uint32_t>(sealed.size())}, false});
    put_record(buffer_, SpoolRecord::Item, sealed);
    return buffer_.size() < kSpoolBufferBytes ? Status{} : flush();
}

Status Spool::flush() {
    Segment& segment = *segments_.back();
    CAREHUB_TRY_DONE(segment.file.write_at(segment.bytes + written_, buffer_));
    written_ += buffer_.size();
    buffer_.clear();
    return {};
}

Status Spool::commit(std::string_view note) {
    put_record(buffer_, SpoolRecord::Commit, commit_body(next() + open_items_.size(), note));
    CAREHUB_TRY_DONE(flush());
    Segment& segment = *segments_.back();
    CAREHUB_TRY_DONE(segment.file.sync());
    segment.bytes += written_;
    bytes_on_disk_ += written_;
    written_ = 0;
    pending_ += open_items_.size();
    if (items_.empty()) {
        items_.swap(open_items_);  // a large file's items are not held twice
    } else {
        items_.insert(items_.end(), open_items_.begin(), open_items_.end());
    }
    open_items_.clear();
    note_ = note;
    return {};
}

Status Spool::abandon() {
    open_items_.clear();
    buffer_.clear();
    written_ = 0;
    return segments_.back()->file.truncate(segments_.back()->bytes);
}

bool Spool::is_pending(std::uint64_t number) const {
    return number >= first_ && number < next() && !items_[number - first_].acknowledged;
}

Result<Bytes> Spool::read(std::uint64_t number) const {
    CAREHUB_CHECK(is_pending(number), "read of an item that is not pending");
    const Item& item = items_[number - first_];
    CAREHUB_TRY(const Bytes sealed, read_item(item.segment->file, item.place));
    return sealing_.open(SealedAs::SpoolItem, number, sealed);
}

Status Spool::acknowledge(std::uint64_t number) {
    if (!is_pending(number)) {
        return {};
    }
    items_[number - first_].acknowledged = true;
    --pending_;
    ++unsaved_;
    while (!items_.empty() && items_.front().acknowledged) {
        items_.pop_front();
        ++first_;
    }
    if (unsaved_ >= kSpoolUnsavedMax) {
        CAREHUB_TRY_DONE(save());
    }
    return retire_acknowledged_segments();
}

Status Spool::save() {
    if (unsaved_ == 0) {
        return {};
    }
    unsaved_ = 0;
    return replace_file(folder_ / "acknowledged", as_bytes(std::to_string(first_ - 1) + "\n"));
}

Status Spool::retire_acknowledged_segments() {
    while (segments_.size() > 1 && segments_[1]->first <= first_) {
        CAREHUB_TRY_DONE(save());  // the numbers must outlive the file that shows them
        const Segment& segment = *segments_.front();
        bytes_on_disk_ -= segment.bytes;
        bytes_kept_ += segment.bytes;
        kept_.push_back({segment.path, segment.first, segment.bytes});
        segments_.pop_front();
    }
    while (!kept_.empty() && bytes_kept_ > limits_.kept_bytes_max) {
        CAREHUB_TRY_DONE(remove_oldest_kept());
    }
    return {};
}

Status Spool::remove_oldest_kept() {
    bytes_kept_ -= kept_.front().bytes;
    CAREHUB_TRY_DONE(remove_file(kept_.front().path));
    kept_.pop_front();
    return {};
}

Status Spool::let_go(UtcTime now) {
    const auto is_old = [&](const std::filesystem::path& path) -> Result<bool> {
        CAREHUB_TRY(const UtcTime changed, modified_at(path));
        return now - changed > limits_.kept_for;
    };
    // A quiet feed may never fill its segment: what it holds is no younger for that.
    const bool all_done = pending_ == 0 && open_items_.empty() && segments_.back()->first != next();
    if (all_done) {
        CAREHUB_TRY(const bool old, is_old(segments_.back()->path));
        if (old) {
            CAREHUB_TRY_DONE(start_segment());
        }
    }
    while (!kept_.empty()) {
        CAREHUB_TRY(const bool old, is_old(kept_.front().path));
        if (!old) {
            break;
        }
        CAREHUB_TRY_DONE(remove_oldest_kept());
    }
    return {};
}

Status Spool::begin_again() {
    CAREHUB_CHECK(open_items_.empty(), "begin_again() inside a transaction");
    const std::uint64_t first = first_readable();
    while (!kept_.empty() && kept_.front().first < first) {
        log::warning("spool", "a file of what the hub had is damaged: its events cannot go again");
        CAREHUB_TRY_DONE(remove_oldest_kept());
    }
    CAREHUB_TRY_DONE(
        replace_file(folder_ / "acknowledged", as_bytes(std::to_string(first - 1) + "\n")));
    items_.clear();
    segments_.clear();
    kept_.clear();
    first_ = 1;
    unsaved_ = 0;
    bytes_on_disk_ = 0;
    bytes_kept_ = 0;
    return recover();
}

/// Where the run of whole files begins that ends with those in use.
std::uint64_t Spool::first_readable() const {
    std::uint64_t first = segments_.front()->first;
    for (auto kept = kept_.rbegin(); kept != kept_.rend(); ++kept) {
        const auto file = File::open(kept->path, OpenFor::Reading);
        const auto scan =
            file ? scan_segment(*file) : Result<SegmentScan>(tl::unexpected<Error>(file.error()));
        const bool whole = scan && sealing_.knows(scan->key_name) &&
                           scan->first + scan->items.size() == first &&
                           scan->committed_bytes == kept->bytes;
        if (!whole) {
            break;
        }
        first = kept->first;
    }
    return first;
}

}  // namespace carehub::adapters
