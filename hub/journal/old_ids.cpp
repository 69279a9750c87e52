#include "hub/journal/old_ids.hpp"

#include <algorithm>
#include <filesystem>

#include "hub/base/check.hpp"
#include "hub/journal/crc32c.hpp"
#include "hub/journal/little_endian.hpp"

namespace carehub::journal {
namespace {

constexpr std::string_view kMagic = "CHOLDIDS";
constexpr std::uint32_t kVersion = 1;
/// A merge holds both files in memory: 64 MiB twice.
constexpr std::uint64_t kMergedMarksMax = std::uint64_t{1} << 21U;
constexpr std::size_t kPageBytes = 4'096;
constexpr std::size_t kMarkBytes = 32;
constexpr std::size_t kPageMarks = 127;
constexpr std::size_t kPageChecked = kPageMarks * kMarkBytes;
constexpr std::size_t kHeadChecked = 56;
constexpr std::size_t kBodyBytes = 8;
static_assert(kPageChecked + sizeof(std::uint32_t) <= kPageBytes);

using Page = std::array<std::uint8_t, kPageBytes>;

std::uint64_t fence_of(const SourceId& id) {
    std::uint64_t word = 0;  // most significant byte first: fences are in the order of the ids
    for (std::size_t i = 0; i < sizeof word; ++i) {
        word = (word << 8U) | id.value[i];
    }
    return word;
}

bool by_id(const InboxMark& left, const InboxMark& right) { return left.id < right.id; }

std::size_t pages_of(std::uint64_t count) { return (count + kPageMarks - 1) / kPageMarks; }

void put_mark(Bytes& out, const InboxMark& mark) {
    put(out, mark.id.value);
    put(out, ByteView(mark.body).first(kBodyBytes));
    put(out, mark.sequence.value);
}

InboxMark mark_at(const Page& page, std::size_t index) {
    const ByteView bytes = ByteView(page).subspan(index * kMarkBytes, kMarkBytes);
    InboxMark mark{{get_array<Hash128>(bytes, 0)}, {}, {get<std::uint64_t>(bytes, 24)}};
    std::ranges::copy(bytes.subspan(16, kBodyBytes), mark.body.begin());
    return mark;
}

void close_page(Bytes& out, std::size_t page_begin) {
    out.resize(page_begin + kPageChecked, 0);
    put(out, crc32c(ByteView(out).subspan(page_begin, kPageChecked)));
    out.resize(page_begin + kPageBytes, 0);
}

tl::unexpected<Error> damaged(const std::string& path, std::string_view what) {
    return fail(ErrorCode::Damaged,
                std::filesystem::path(path).filename().string() + ": " + std::string(what) +
                    ": remove the folder of old ids and start again; it is made anew from the "
                    "journal");
}

Status read_page(const File& file, const std::string& path, std::size_t number, Page& page) {
    CAREHUB_TRY(const std::size_t got, file.read_at((number + 1) * kPageBytes, page));
    if (got != kPageBytes ||
        crc32c(ByteView(page).first(kPageChecked)) != get<std::uint32_t>(page, kPageChecked)) {
        return damaged(path, "page " + std::to_string(number) + " is not what was written");
    }
    return {};
}

}  // namespace

Result<OldIds> OldIds::open(Disk& disk, std::string folder, const Hash128& journal) {
    OldIds ids(disk, std::move(folder), journal);
    std::vector<std::string> names;
    std::error_code failed;
    for (const auto& found : std::filesystem::directory_iterator(ids.folder_, failed)) {
        if (found.path().extension() == ".chi") {
            names.push_back(found.path().filename().string());
        }
    }
    if (failed) {
        return fail(ErrorCode::Io, "cannot list the folder of old ids: " + failed.message());
    }
    std::ranges::sort(names);
    for (const std::string& name : names) {
        CAREHUB_TRY_DONE(ids.add_file(name));
    }
    return ids;
}

/// A crash between writing a merged file and removing its parts leaves both: the wider one counts.
Status OldIds::add_file(const std::string& name) {
    CAREHUB_TRY(Sorted sorted, read(folder_ + "/" + name));
    if (!files_.empty() && sorted.last <= files_.back().last) {
        return disk_->remove(sorted.path);
    }
    while (!files_.empty() && sorted.first <= files_.back().first) {
        CAREHUB_TRY_DONE(disk_->remove(files_.back().path));
        files_.pop_back();
    }
    files_.push_back(std::move(sorted));
    return {};
}

Result<OldIds::Sorted> OldIds::read(const std::string& path) const {
    Sorted sorted;
    sorted.path = path;
    CAREHUB_TRY(sorted.file, disk_->open(path, OpenMode::Read));
    Page page{};
    CAREHUB_TRY(const std::size_t got, sorted.file->read_at(0, page));
    const ByteView head(page);
    if (got != kPageBytes || as_text(head.first(kMagic.size())) != kMagic ||
        crc32c(head.first(kHeadChecked)) != get<std::uint32_t>(head, kHeadChecked)) {
        return damaged(path, "its head is not what was written");
    }
    if (get<std::uint32_t>(head, 8) != kVersion) {
        return fail(ErrorCode::Unsupported, "a file of old ids has another version");
    }
    if (get_array<Hash128>(head, 16) != journal_) {
        return damaged(path, "it belongs to another journal");
    }
    sorted.count = get<std::uint64_t>(head, 32);
    sorted.first = {get<std::uint64_t>(head, 40)};
    sorted.last = {get<std::uint64_t>(head, 48)};
    for (std::size_t number = 0; number < pages_of(sorted.count); ++number) {
        CAREHUB_TRY_DONE(read_page(*sorted.file, path, number, page));
        sorted.fences.push_back(fence_of(mark_at(page, 0).id));
    }
    return sorted;
}

Status OldIds::add(const std::vector<InboxMark>& marks) {
    if (marks.empty()) {
        return {};
    }
    CAREHUB_CHECK(marks.front().sequence > last(), "marks of old ids are added in order");
    std::vector<InboxMark> sorted = marks;
    std::ranges::sort(sorted, by_id);
    CAREHUB_TRY(Sorted made, write(sorted, marks.front().sequence, marks.back().sequence));
    files_.push_back(std::move(made));
    while (may_merge_newest()) {
        CAREHUB_TRY_DONE(merge_newest());
    }
    return {};
}

bool OldIds::may_merge_newest() const {
    if (files_.size() < 2) {
        return false;
    }
    const std::uint64_t older = files_[files_.size() - 2].count;
    return files_.back().count >= older && files_.back().count + older <= kMergedMarksMax;
}

Status OldIds::merge_newest() {
    const Sorted& older = files_[files_.size() - 2];
    CAREHUB_TRY(std::vector<InboxMark> marks, marks_of(older));
    CAREHUB_TRY(const std::vector<InboxMark> newer, marks_of(files_.back()));
    const auto middle = static_cast<std::ptrdiff_t>(marks.size());
    marks.insert(marks.end(), newer.begin(), newer.end());
    std::inplace_merge(marks.begin(), marks.begin() + middle, marks.end(), by_id);
    CAREHUB_TRY(Sorted merged, write(marks, older.first, files_.back().last));
    for (int part = 0; part < 2; ++part) {
        CAREHUB_TRY_DONE(disk_->remove(files_.back().path));
        files_.pop_back();
    }
    files_.push_back(std::move(merged));
    return {};
}

Result<OldIds::Sorted> OldIds::write(const std::vector<InboxMark>& sorted, Sequence first,
                                     Sequence last) const {
    Bytes bytes;
    bytes.reserve((pages_of(sorted.size()) + 1) * kPageBytes);
    put(bytes, as_bytes(kMagic));
    put(bytes, kVersion);
    put(bytes, std::uint32_t{0});
    put(bytes, journal_);
    put(bytes, std::uint64_t{sorted.size()});
    put(bytes, first.value);
    put(bytes, last.value);
    put(bytes, crc32c(bytes));
    bytes.resize(kPageBytes, 0);
    for (std::size_t at = 0; at < sorted.size(); ++at) {
        put_mark(bytes, sorted[at]);
        if ((at + 1) % kPageMarks == 0 || at + 1 == sorted.size()) {
            close_page(bytes, (at / kPageMarks + 1) * kPageBytes);
        }
    }
    const auto padded = [](Sequence sequence) {
        const std::string digits = std::to_string(sequence.value);
        return std::string(20 - digits.size(), '0') + digits;
    };
    const std::string path = folder_ + "/old-ids-" + padded(first) + "-" + padded(last) + ".chi";
    const std::string unfinished = path + ".new";
    {
        CAREHUB_TRY(const auto file, disk_->open(unfinished, OpenMode::Create));
        CAREHUB_TRY_DONE(file->truncate(0));
        CAREHUB_TRY_DONE(file->write_at(0, bytes));
        CAREHUB_TRY_DONE(file->sync());
    }
    CAREHUB_TRY_DONE(disk_->rename(unfinished, path));
    CAREHUB_TRY_DONE(disk_->sync_folder(folder_));
    return read(path);
}

Result<std::vector<InboxMark>> OldIds::marks_of(const Sorted& sorted) {
    std::vector<InboxMark> marks;
    marks.reserve(sorted.count);
    Page page{};
    for (std::size_t number = 0; number < sorted.fences.size(); ++number) {
        CAREHUB_TRY_DONE(read_page(*sorted.file, sorted.path, number, page));
        for (std::size_t i = 0; i < kPageMarks && marks.size() < sorted.count; ++i) {
            marks.push_back(mark_at(page, i));
        }
    }
    return marks;
}

Result<std::optional<InboxMark>> OldIds::find(const SourceId& id) const {
    for (auto sorted = files_.rbegin(); sorted != files_.rend(); ++sorted) {
        CAREHUB_TRY(auto found, find_in(*sorted, id));
        if (found) {
            return found;
        }
    }
    return std::optional<InboxMark>{};
}

Result<std::optional<InboxMark>> OldIds::find_in(const Sorted& sorted, const SourceId& id) {
    // Ids with the fence's own eight bytes may begin on the page before.
    const auto above = std::ranges::upper_bound(sorted.fences, fence_of(id));
    const auto at_or_above = std::ranges::lower_bound(sorted.fences, fence_of(id));
    const auto page_of = [&](auto fence) {
        return static_cast<std::size_t>(fence - sorted.fences.begin());
    };
    const std::size_t begin = page_of(at_or_above) - (at_or_above == sorted.fences.begin() ? 0 : 1);
    Page page{};
    for (std::size_t number = begin; number < page_of(above); ++number) {
        CAREHUB_TRY_DONE(read_page(*sorted.file, sorted.path, number, page));
        const std::size_t count = std::min(kPageMarks, sorted.count - number * kPageMarks);
        for (std::size_t i = 0; i < count; ++i) {
            if (const InboxMark mark = mark_at(page, i); mark.id == id) {
                return std::optional(mark);
            }
        }
    }
    return std::optional<InboxMark>{};
}

Sequence OldIds::last() const { return files_.empty() ? Sequence{} : files_.back().last; }

}  // namespace carehub::journal
