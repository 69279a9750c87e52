#include "adapters/clinic/control_ids.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>

#include "adapters/clinic/limits.hpp"
#include "hub/base/log.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::size_t kMarkBytes = sizeof(std::uint64_t);
constexpr std::size_t kRecordBytes = 2 * kMarkBytes;
constexpr std::string_view kToldFile = "told";

Date day_of(UtcTime time) { return std::chrono::floor<std::chrono::days>(time); }

std::uint64_t mark_of(const Hash256& digest) {
    std::uint64_t mark = 0;
    std::memcpy(&mark, digest.data(), kMarkBytes);
    return mark;
}

std::uint64_t mark_at(ByteView bytes, std::size_t offset) {
    std::uint64_t mark = 0;
    std::memcpy(&mark, bytes.data() + offset, kMarkBytes);
    return mark;
}

}  // namespace

Result<std::unique_ptr<ControlIds>> ControlIds::open(std::filesystem::path folder, UtcTime now) {
    std::unique_ptr<ControlIds> ids(new ControlIds(std::move(folder)));
    if (!ids->folder_.empty()) {
        CAREHUB_TRY_DONE(make_folder(ids->folder_));
        CAREHUB_TRY_DONE(ids->load(now));
    }
    return ids;
}

std::filesystem::path ControlIds::path_of(Date day) const { return folder_ / to_iso(day); }

Status ControlIds::load(UtcTime now) {
    std::error_code failed;
    std::map<Date, std::filesystem::path> files;
    for (std::filesystem::directory_iterator at(folder_, failed), end; !failed && at != end;
         at.increment(failed)) {
        if (const auto day = parse_iso_date(at->path().filename().string())) {
            files[*day] = at->path();
        }
    }
    if (failed) {
        return fail(ErrorCode::Io, "cannot read the folder of control ids: " + failed.message());
    }
    for (const auto& [day, path] : files) {
        if (day < day_of(now) - kControlIdsKept) {
            CAREHUB_TRY_DONE(remove_file(path));
        } else {
            CAREHUB_TRY_DONE(load_day(path, day));
        }
    }
    told_ = std::filesystem::exists(folder_ / kToldFile, failed);
    last_reuse_ = now;  // when the last one was is not written down: it is not over yet
    return {};
}

/// A record that was cut by a crash is none.
Status ControlIds::load_day(const std::filesystem::path& path, Date day) {
    CAREHUB_TRY(const Bytes bytes, read_file(path, kControlIdsMax * kRecordBytes));
    Day& known = days_.emplace_back(Day{day, {}, {}});
    for (std::size_t at = 0; at + kRecordBytes <= bytes.size(); at += kRecordBytes) {
        known.ids.insert(mark_at(bytes, at));
        known.messages.insert(mark_at(bytes, at + kMarkBytes));
    }
    while (remembered() > kControlIdsMax && days_.size() > 1) {
        forget_oldest();
    }
    return {};
}

std::size_t ControlIds::remembered() const {
    std::size_t count = 0;
    for (const Day& day : days_) {
        count += day.messages.size();
    }
    return count;
}

void ControlIds::forget_oldest() {
    if (!folder_.empty()) {
        if (const Status gone = remove_file(path_of(days_.front().day)); !gone) {
            give_up(gone.error());
        }
    }
    days_.pop_front();
}

void ControlIds::begin_day(Date day) {
    const bool is_known = !days_.empty() && days_.back().day >= day;
    if (!is_known) {
        days_.push_back({day, {}, {}});
    }
    while (days_.size() > 1 && days_.front().day < day - kControlIdsKept) {
        forget_oldest();
    }
    if (folder_.empty() || (is_known && file_)) {
        return;
    }
    auto file = File::open(path_of(days_.back().day), OpenFor::Writing);
    const auto size = file ? file->size() : Result<std::uint64_t>(0);
    if (!file || !size) {
        return give_up(file ? size.error() : file.error());
    }
    file_ = *std::move(file);
    written_ = *size - *size % kRecordBytes;
}

void ControlIds::give_up(const Error& error) {
    log::error("clinic", "control ids are kept in memory only: " + error.context);
    file_.reset();
    folder_.clear();
}

void ControlIds::remember(std::uint64_t id, std::uint64_t message) {
    while (remembered() >= kControlIdsMax && days_.size() > 1) {
        forget_oldest();
    }
    if (remembered() >= kControlIdsMax) {
        return;
    }
    days_.back().ids.insert(id);
    days_.back().messages.insert(message);
    if (!file_) {
        return;
    }
    Bytes record(kRecordBytes);
    std::memcpy(record.data(), &id, kMarkBytes);
    std::memcpy(record.data() + kMarkBytes, &message, kMarkBytes);
    if (const Status done = file_->write_at(written_, record); !done) {
        return give_up(done.error());
    }
    written_ += kRecordBytes;
}

IdUse ControlIds::note(std::string_view sender, std::string_view id, const Hash256& message,
                       UtcTime now) {
    begin_day(day_of(now));
    std::string told(sender);
    told += '\0';
    told += id;
    const std::uint64_t id_mark = mark_of(sha256(as_bytes(told)));
    told.append(reinterpret_cast<const char*>(message.data()), message.size());
    const std::uint64_t message_mark = mark_of(sha256(as_bytes(told)));
    if (std::ranges::any_of(days_,
                            [&](const Day& day) { return day.messages.contains(message_mark); })) {
        return IdUse::Repeated;
    }
    const bool used =
        std::ranges::any_of(days_, [&](const Day& day) { return day.ids.contains(id_mark); });
    remember(id_mark, message_mark);
    return used ? IdUse::Reused : IdUse::New;
}

std::optional<ControlIds::News> ControlIds::news(IdUse use, UtcTime now) {
    if (use == IdUse::Reused) {
        last_reuse_ = now;
    }
    const bool begins = use == IdUse::Reused && !told_;
    const bool ends = told_ && now - last_reuse_ >= kReuseOverAfter;
    if (under_way_ || !(begins || ends)) {
        return std::nullopt;
    }
    under_way_ = true;
    return begins ? News::Begins : News::Ends;
}

void ControlIds::settle(News news, bool known) {
    under_way_ = false;
    if (!known) {
        return;
    }
    told_ = news == News::Begins;
    if (folder_.empty()) {
        return;
    }
    const std::filesystem::path mark = folder_ / kToldFile;
    const Status done = told_ ? replace_file(mark, {}) : remove_file(mark);
    if (!done) {
        give_up(done.error());
    }
}

}  // namespace carehub::adapters::clinic
