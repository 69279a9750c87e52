#include "adapters/housing/known_row.hpp"

#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "adapters/housing/limits.hpp"

namespace carehub::adapters::housing {
namespace {

constexpr std::size_t kLengthBytes = 2;
constexpr std::size_t kFixedBytes = 28;
constexpr std::int32_t kNoDay = std::numeric_limits<std::int32_t>::min();
static_assert(kFixedBytes + 5 * (kHmisIdBytesMax + 1) <= 0xFFFF);
static_assert(kHmisIdBytesMax <= 0xFF);

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");

template <class T>
void put(Bytes& bytes, T number) {
    const auto raw = std::bit_cast<std::array<std::uint8_t, sizeof number>>(number);
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

void put_text(Bytes& bytes, const std::string& text) {
    bytes.push_back(static_cast<std::uint8_t>(text.size()));
    bytes.insert(bytes.end(), text.begin(), text.end());
}

/// Takes values off the front; after the end it gives zeros and is no longer whole.
class Cursor {
public:
    explicit Cursor(ByteView bytes) : bytes_(bytes) {}

    template <class T>
    T number() {
        T value = 0;
        if (const ByteView taken = take(sizeof value); !taken.empty()) {
            std::memcpy(&value, taken.data(), sizeof value);
        }
        return value;
    }
    void text(std::string& out) { out = as_text(take(number<std::uint8_t>())); }
    [[nodiscard]] bool is_whole() const { return whole_ && bytes_.empty(); }

private:
    ByteView take(std::size_t count) {
        whole_ = whole_ && count <= bytes_.size();
        const ByteView taken = bytes_.first(whole_ ? count : 0);
        bytes_ = bytes_.subspan(taken.size());
        return taken;
    }

    ByteView bytes_;
    bool whole_ = true;
};

Date day(std::int32_t number) { return Date{std::chrono::days{number}}; }

bool read_row(ByteView bytes, RowFormat format, KnownRow& row) {
    Cursor cursor(bytes);
    const auto table = cursor.number<std::uint8_t>();
    row.table = static_cast<Table>(table);
    row.revision = format == RowFormat::ByteRevision ? cursor.number<std::uint8_t>()
                                                     : cursor.number<std::uint16_t>();
    row.parts = cursor.number<std::uint16_t>();
    row.version = cursor.number<std::uint64_t>();
    row.date = day(cursor.number<std::int32_t>());
    const auto move_in = cursor.number<std::int32_t>();
    row.move_in = move_in == kNoDay ? std::nullopt : std::optional(day(move_in));
    row.labels = cursor.number<std::uint32_t>();
    row.project_type = cursor.number<std::uint8_t>();
    row.situation = cursor.number<std::uint16_t>();
    for (std::string* text :
         {&row.id, &row.person, &row.enrollment, &row.project, &row.household}) {
        cursor.text(*text);
    }
    return cursor.is_whole() && table < kTablesMax;
}

}  // namespace

void put_row(Bytes& bytes, const KnownRow& row) {
    const std::size_t start = bytes.size();
    bytes.resize(start + kLengthBytes);
    put(bytes, static_cast<std::uint8_t>(row.table));
    put(bytes, row.revision);
    put(bytes, row.parts);
    put(bytes, row.version);
    put(bytes, static_cast<std::int32_t>(row.date.time_since_epoch().count()));
    put(bytes,
        row.move_in ? static_cast<std::int32_t>(row.move_in->time_since_epoch().count()) : kNoDay);
    put(bytes, row.labels);
    put(bytes, row.project_type);
    put(bytes, row.situation);
    for (const std::string* text :
         {&row.id, &row.person, &row.enrollment, &row.project, &row.household}) {
        put_text(bytes, *text);
    }
    const std::size_t length = bytes.size() - start - kLengthBytes;
    bytes[start] = static_cast<std::uint8_t>(length);
    bytes[start + 1] = static_cast<std::uint8_t>(length >> 8U);
}

Result<std::size_t> read_rows(ByteView bytes, RowFormat format,
                              const std::function<Status(const KnownRow&)>& take) {
    std::size_t at = 0;
    KnownRow row;
    while (at + kLengthBytes <= bytes.size()) {
        const std::size_t length = bytes[at] | std::size_t{bytes[at + 1]} << 8U;
        if (at + kLengthBytes + length > bytes.size()) {
            break;
        }
        if (!read_row(bytes.subspan(at + kLengthBytes, length), format, row)) {
            return fail(ErrorCode::Damaged, "a known row is not what was written");
        }
        CAREHUB_TRY_DONE(take(row));
        at += kLengthBytes + length;
    }
    return at;
}

}  // namespace carehub::adapters::housing
