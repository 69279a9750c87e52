#include "hub/vault/key_store.hpp"

#include <algorithm>
#include <filesystem>

#include "hub/base/log.hpp"

namespace carehub::vault {
namespace {

constexpr std::uint64_t offset_of(std::uint32_t number) {
    return kKeyPageBytes + std::uint64_t{number - 1} * kKeyRecordBytes;
}

Result<std::unique_ptr<File>> open_file(Disk& disk, const std::string& path, OpenMode mode) {
    auto file = disk.open(path, mode);
    if (!file && file.error().code == ErrorCode::NotFound) {
        return fail(ErrorCode::NotFound,
                    "vault.keys is gone: restore it from the newest backup; without it nothing "
                    "that is sealed can be read");
    }
    return file;
}

Result<KeyWrap> read_page(const File& file, const Key& wrapping) {
    Bytes page(kKeyPageBytes);
    CAREHUB_TRY(const std::size_t got, file.read_at(0, page));
    page.resize(got);
    return KeyWrap::open(wrapping, page);
}

/// Calls `take` with every record of the file, free ones too, in order of number.
template <class Take>
Status for_each_record(const File& file, Take&& take) {
    Bytes chunk(kKeyFileReadBytes);
    std::uint32_t number = 1;
    for (;;) {
        CAREHUB_TRY(const std::size_t got, file.read_at(offset_of(number), chunk));
        const std::size_t records = got / kKeyRecordBytes;
        for (std::size_t i = 0; i < records; ++i, ++number) {
            RecordBytes bytes{};
            std::copy_n(chunk.begin() + static_cast<std::ptrdiff_t>(i * kKeyRecordBytes),
                        bytes.size(), bytes.begin());
            CAREHUB_TRY_DONE(take(number, bytes));
        }
        if (got < chunk.size()) {
            return {};
        }
    }
}

std::string folder_of(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    return folder.empty() ? "." : folder.string();
}

}  // namespace

KeyStore::KeyStore(std::unique_ptr<File> file, KeyWrap wrap, Random& random)
    : file_(std::move(file)),
      wrap_(std::move(wrap)),
      random_(random),
      cache_(kSealingKeysCachedMax) {}

Result<KeyStore::Pointer> KeyStore::create(Disk& disk, const std::string& path, const Key& wrapping,
                                           Random& random) {
    CAREHUB_TRY(auto file, disk.open(path, OpenMode::CreateNew));
    Hash128 id{};
    random.fill(id);
    Pointer store(new KeyStore(std::move(file), KeyWrap(wrapping, id), random));
    CAREHUB_TRY_DONE(store->file_->write_at(0, store->wrap_.page()));
    store->size_ = kKeyPageBytes;
    CAREHUB_TRY_DONE(store->make_room(kKeyPageBytes + 1));
    CAREHUB_TRY_DONE(store->file_->sync());
    CAREHUB_TRY_DONE(disk.sync_folder(folder_of(path)));
    return store;
}

Result<KeyStore::Pointer> KeyStore::open(Disk& disk, const std::string& path, const Key& wrapping,
                                         Random& random) {
    CAREHUB_TRY(auto file, open_file(disk, path, OpenMode::Update));
    CAREHUB_TRY(KeyWrap wrap, read_page(*file, wrapping));
    Pointer store(new KeyStore(std::move(file), std::move(wrap), random));
    CAREHUB_TRY_DONE(store->recover());
    return store;
}

/// What an earlier process wrote and perhaps failed to sync is written and synced again before
/// anything is sealed with it.
Status KeyStore::recover() {
    CAREHUB_TRY(size_, file_->size());
    CAREHUB_TRY_DONE(scan());
    const std::uint64_t end = offset_of(next_);
    const std::uint64_t begin = end - std::min(end - kKeyPageBytes, kKeyFileStepBytes);
    Bytes tail(static_cast<std::size_t>(end - begin));
    CAREHUB_TRY(const std::size_t got, file_->read_at(begin, tail));
    tail.resize(got);
    CAREHUB_TRY_DONE(file_->write_at(begin, tail));
    return file_->sync();
}

Status KeyStore::scan() {
    std::uint32_t first_damaged = 0;
    const auto take = [&](std::uint32_t number, const RecordBytes& bytes) -> Status {
        const auto head = read_head(bytes);
        if (head && head->state == KeyState::Free) {
            return {};  // not written yet, or made and never synced when the power went
        }
        next_ = number + 1;
        if (!head || head->number != number) {
            first_damaged = counts_.damaged++ == 0 ? number : first_damaged;
        } else if (head->state == KeyState::Live) {
            index_.add(head->subject, number);
            ++counts_.live;
        } else {
            ++counts_.erased;
        }
        return {};
    };
    CAREHUB_TRY_DONE(for_each_record(*file_, take));
    if (counts_.damaged > 0) {
        log::error("vault", std::to_string(counts_.damaged) +
                                " records of vault.keys are damaged, the first is " +
                                std::to_string(first_damaged) +
                                ": what they sealed cannot be read until vault.keys is restored");
    }
    drop_unfinished_end();
    return {};
}

void KeyStore::drop_unfinished_end() {
    RecordBytes last{};
    const auto got = next_ > 1 ? file_->read_at(offset_of(next_ - 1), last) : 0;
    const auto head = read_head(last);
    if (got && head && head->state == KeyState::Live && head->number == next_ - 1 &&
        !wrap_.read(next_ - 1, last)) {
        log::warning("vault", "the last record of vault.keys was never finished: passed over");
        index_.remove(head->subject, next_ - 1);
        --counts_.live;
    }
}

Result<const SubjectKey*> KeyStore::key_for(const Hash128& subject) {
    if (const SubjectKey* known = cache_.find(subject)) {
        return known;
    }
    CAREHUB_TRY(std::optional<KeyRecord> record, find_live(subject));
    if (!record) {
        CAREHUB_TRY(record, make(subject));
    }
    return &cache_.put({subject, record->head.number, record->key});
}

/// A record that does not open is passed over: its subject is then given a new key.
Result<std::optional<KeyRecord>> KeyStore::find_live(const Hash128& subject) const {
    auto search = index_.find(subject);
    while (const auto number = search.next()) {
        auto record = read_own(*number);
        if (!record && record.error().code != ErrorCode::Damaged) {
            return tl::unexpected<Error>(std::move(record).error());
        }
        if (!record) {
            log::error("vault", record.error().context);
        } else if (record->head.subject == subject && record->head.state == KeyState::Live) {
            return std::optional<KeyRecord>(std::move(*record));
        }
    }
    return std::optional<KeyRecord>();
}

/// As read(), of a key not synced yet as well.
Result<KeyRecord> KeyStore::read_own(std::uint32_t number) const {
    const std::uint32_t first_unsynced =
        next_ - static_cast<std::uint32_t>(unsynced_.size() / kKeyRecordBytes);
    if (number < first_unsynced) {
        return read(number);
    }
    RecordBytes bytes{};
    const std::size_t at = std::size_t{number - first_unsynced} * kKeyRecordBytes;
    std::copy_n(unsynced_.begin() + static_cast<std::ptrdiff_t>(at), bytes.size(), bytes.begin());
    return wrap_.read(number, bytes);
}

Result<KeyRecord> KeyStore::make(const Hash128& subject) {
    if (unsynced_.size() >= kKeyFileStepBytes) {
        CAREHUB_TRY_DONE(sync());
    }
    if (next_ > kKeysMax) {
        return fail(ErrorCode::Full, "the key file holds as many keys as it can number");
    }
    KeyRecord record{{subject, next_, KeyState::Live}, {}};
    random_.fill(record.key.bytes());
    const RecordBytes bytes = wrap_.write(record);
    unsynced_.insert(unsynced_.end(), bytes.begin(), bytes.end());
    index_.add(subject, next_);
    ++next_;
    ++counts_.live;
    return record;
}

Status KeyStore::sync() {
    if (unsynced_.empty()) {
        return {};
    }
    const std::uint64_t end = offset_of(next_);
    CAREHUB_TRY_DONE(make_room(end));
    CAREHUB_TRY_DONE(file_->write_at(end - unsynced_.size(), unsynced_));
    CAREHUB_TRY_DONE(file_->sync());
    unsynced_.clear();
    return {};
}

Status KeyStore::make_room(std::uint64_t end) {
    while (size_ < end) {
        const Bytes zeros(kKeyFileStepBytes);
        CAREHUB_TRY_DONE(file_->write_at(size_, zeros));
        size_ += zeros.size();
    }
    return {};
}

Result<std::size_t> KeyStore::erase(std::span<const Hash128> subjects, std::uint32_t newest) {
    CAREHUB_TRY_DONE(sync());
    std::size_t erased = 0;
    for (const Hash128& subject : subjects) {
        CAREHUB_TRY(const std::optional<KeyRecord> record, find_live(subject));
        if (!record || record->head.number > newest) {
            continue;
        }
        const std::uint32_t number = record->head.number;
        cache_.drop(subject);
        const RecordBytes tombstone = wrap_.write({{subject, number, KeyState::Erased}, {}});
        CAREHUB_TRY_DONE(file_->write_at(offset_of(number), tombstone));
        index_.remove(subject, number);
        --counts_.live;
        ++counts_.erased;
        ++erased;
    }
    if (erased > 0) {
        CAREHUB_TRY_DONE(file_->sync());
        ++erasures_;
    }
    return erased;
}

Result<KeyRecord> KeyStore::read(std::uint32_t number) const {
    RecordBytes bytes{};
    CAREHUB_TRY(const std::size_t got, file_->read_at(offset_of(number), bytes));
    const auto head = read_head(bytes);
    if (got < bytes.size() || (head && head->state == KeyState::Free)) {
        return fail(
            ErrorCode::BehindLedger,
            "key " + std::to_string(number) +
                " is missing: vault.keys is older than the journal; put back the newer one");
    }
    return wrap_.read(number, bytes);
}

Result<KeyCounts> KeyStore::check(Disk& disk, const std::string& path, const Key& wrapping) {
    CAREHUB_TRY(const auto file, open_file(disk, path, OpenMode::Read));
    CAREHUB_TRY(const KeyWrap wrap, read_page(*file, wrapping));
    KeyCounts counts;
    CAREHUB_TRY_DONE(
        for_each_record(*file, [&](std::uint32_t number, const RecordBytes& bytes) -> Status {
            const auto head = read_head(bytes);
            if (head && head->state == KeyState::Free) {
                return {};
            }
            const auto record = wrap.read(number, bytes);
            const bool live = record && record->head.state == KeyState::Live;
            (live ? counts.live : record ? counts.erased : counts.damaged) += 1;
            return {};
        }));
    return counts;
}

}  // namespace carehub::vault
