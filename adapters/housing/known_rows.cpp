#include "adapters/housing/known_rows.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <set>

#include "adapters/housing/limits.hpp"

namespace carehub::adapters::housing {
namespace {

/// The first line of the text; the number is that of the format.
constexpr std::string_view kTitle = "carehub housing known rows 3\n";
constexpr std::string_view kTitleBefore = "carehub housing known rows 2\n";  // tells no row format
static_assert(kTitle.size() == kTitleBefore.size());
constexpr std::string_view kFilePrefix = "known-";
constexpr std::size_t kHashDigits = 16;
/// Each set is a line "exported held rows stream bytes format authority", then so many bytes.
constexpr std::size_t kNumbers = 6;

std::filesystem::path file_of(const FeedDesk& desk, std::uint64_t stream) {
    return desk.folder / (std::string(kFilePrefix) + std::to_string(stream));
}

/// Takes a number and the blank behind it off the text.
bool take_number(std::string_view& text, std::int64_t& number) {
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || stop == text.data() + text.size() || *stop != ' ') {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()) + 1);
    return true;
}

bool is_format(std::int64_t number) {
    return number == static_cast<std::int64_t>(RowFormat::ByteRevision) ||
           number == static_cast<std::int64_t>(RowFormat::WordRevision);
}

bool take_set(std::string_view& text, bool tells_format, std::map<std::string, KnownSet>& sets) {
    std::array<std::int64_t, kNumbers> numbers{};
    numbers.back() = static_cast<std::int64_t>(RowFormat::ByteRevision);
    for (std::size_t i = 0; i < kNumbers - (tells_format ? 0 : 1); ++i) {
        if (!take_number(text, numbers[i])) {
            return false;
        }
    }
    if (!is_format(numbers.back())) {
        return false;
    }
    const std::size_t end = text.find('\n');
    const auto bytes = static_cast<std::uint64_t>(numbers[4]);
    if (end == std::string_view::npos || bytes > text.size() - end - 1) {
        return false;
    }
    KnownSet& set = sets[std::string(text.substr(0, end))];
    set.exported_s = numbers[0];
    set.held = static_cast<std::uint8_t>(numbers[1]);
    set.rows = static_cast<std::uint64_t>(numbers[2]);
    set.stream = static_cast<std::uint64_t>(numbers[3]);
    set.format = static_cast<RowFormat>(numbers.back());
    const ByteView rows = as_bytes(text.substr(end + 1, bytes));
    set.bytes.assign(rows.begin(), rows.end());
    text.remove_prefix(end + 1 + bytes);
    return true;
}

/// Rows from bytes that come cut anywhere.
class RowJoiner {
public:
    RowJoiner(RowFormat format, const std::function<Status(const KnownRow&)>& take)
        : format_(format), take_(take) {}

    Status feed(ByteView bytes) {
        rest_.insert(rest_.end(), bytes.begin(), bytes.end());
        CAREHUB_TRY(const std::size_t used, read_rows(rest_, format_, take_));
        rest_.erase(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(used));
        return {};
    }
    [[nodiscard]] Status finish() const {
        return rest_.empty() ? Status{} : fail(ErrorCode::Damaged, "known rows are cut short");
    }

private:
    RowFormat format_;
    const std::function<Status(const KnownRow&)>& take_;
    Bytes rest_;
};

}  // namespace

std::string hash_text(std::uint64_t hash) {
    std::array<char, kHashDigits> text{};
    for (std::size_t i = 0; i < kHashDigits; ++i) {
        text[kHashDigits - 1 - i] = "0123456789abcdef"[(hash >> (4 * i)) & 0xFU];
    }
    return {text.data(), text.size()};
}

std::uint64_t KnownRows::next_stream() const {
    std::uint64_t highest = 0;
    for (const auto& [authority, set] : sets_) {
        highest = std::max(highest, set.stream);
    }
    return highest + 1;
}

std::string KnownRows::to_text() const {
    std::string text(kTitle);
    for (const auto& [authority, set] : sets_) {
        const auto number = [&text](auto value) { text += std::to_string(value) + ' '; };
        number(set.exported_s);
        number(set.held);
        number(set.rows);
        number(set.stream);
        number(set.bytes.size());
        number(static_cast<unsigned>(set.format));
        text += authority + '\n';
        text += as_text(set.bytes);
    }
    return text;
}

Result<KnownRows> KnownRows::from_text(std::string_view text) {
    KnownRows known;
    if (text.empty()) {
        return known;
    }
    const bool tells_format = text.starts_with(kTitle);
    bool whole = tells_format || text.starts_with(kTitleBefore);
    text.remove_prefix(whole ? kTitle.size() : 0);
    while (whole && !text.empty()) {
        whole = take_set(text, tells_format, known.sets_);
    }
    if (!whole) {
        return fail(ErrorCode::Damaged, "the known rows are not what was written");
    }
    return known;
}

Status read_known(const KnownSet& set, const FeedDesk* desk,
                  const std::function<Status(const KnownRow&)>& take) {
    RowJoiner rows(set.format, take);
    if (set.stream == 0) {
        CAREHUB_TRY_DONE(rows.feed(set.bytes));
        return rows.finish();
    }
    if (desk == nullptr) {
        return fail(ErrorCode::Damaged, "the known rows are in a file that is not here");
    }
    CAREHUB_TRY(SealedReader reader,
                SealedReader::open(file_of(*desk, set.stream), set.stream, *desk->sealing));
    while (true) {
        CAREHUB_TRY(const Bytes piece, reader.next());
        if (piece.empty()) {
            return rows.finish();
        }
        CAREHUB_TRY_DONE(rows.feed(piece));
    }
}

Status KnownWriter::put(const KnownRow& row) {
    put_row(bytes_, row);
    ++rows_;
    return desk_ == nullptr || bytes_.size() < kKnownBufferBytes ? Status{} : flush();
}

Status KnownWriter::flush() {
    if (!file_) {
        CAREHUB_TRY(SealedWriter file,
                    SealedWriter::create(file_of(*desk_, stream_), stream_, *desk_->sealing));
        file_.emplace(std::move(file));
    }
    CAREHUB_TRY_DONE(file_->write(bytes_));
    bytes_.clear();
    return {};
}

Status KnownWriter::finish(KnownSet& set) {
    set.rows = rows_;
    set.format = RowFormat::WordRevision;
    set.stream = 0;
    set.bytes.clear();
    if (desk_ == nullptr) {
        set.bytes = std::move(bytes_);
        return {};
    }
    CAREHUB_TRY_DONE(flush());
    set.stream = stream_;
    return file_->finish(StreamKept::Durably);
}

Status remove_unknown_files(const KnownRows& known, const FeedDesk& desk) {
    std::set<std::filesystem::path> kept;
    for (const auto& [authority, set] : known.sets()) {
        kept.insert(file_of(desk, set.stream));
    }
    std::error_code error;
    std::set<std::filesystem::path> others;
    for (std::filesystem::directory_iterator at(desk.folder, error), end; !error && at != end;
         at.increment(error)) {
        if (at->path().filename().string().starts_with(kFilePrefix) && !kept.contains(at->path())) {
            others.insert(at->path());
        }
    }
    for (const auto& path : others) {
        CAREHUB_TRY_DONE(remove_file(path));
    }
    return {};
}

}  // namespace carehub::adapters::housing
