#include "adapters/kit/raw_segment.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "adapters/kit/limits.hpp"
#include "adapters/kit/sealing.hpp"
#include "hub/base/check.hpp"

namespace carehub::adapters {
namespace {

enum class RawRecord : std::uint8_t { Head = 1, Message = 2, Events = 3 };

constexpr std::uint16_t kVersion = 1;
constexpr std::size_t kHeadBytes = 2 + 8 + 4 + sizeof(Hash128);
constexpr std::size_t kMessageFrontBytes = 8 + sizeof(Hash128);
constexpr std::size_t kMessageBytesMin = kMessageFrontBytes + kSealedOverheadBytes;
constexpr std::size_t kMessageBodyBytesMax = kMessageBytesMin + kRawMessageBytesMax;
constexpr std::size_t kEventsBodyBytesMax = 8 + 8 * kRawEventsMax;
/// More numbers than a segment can hold: a higher one is no number of ours.
constexpr std::uint64_t kNumbersAheadMax = std::uint64_t{1} << 32;

void put(Bytes& out, RawRecord type, const Bytes& body) {
    put_record(out, static_cast<std::uint8_t>(type), body);
}

Hash128 hash_at(ByteView bytes) {
    Hash128 hash{};
    std::copy_n(bytes.begin(), hash.size(), hash.begin());
    return hash;
}

Result<RawSegmentHead> read_head(const File& file) {
    CAREHUB_TRY(const std::optional<FramedRecord> record, read_record(file, 0, kHeadBytes));
    if (!record || record->type != static_cast<std::uint8_t>(RawRecord::Head) ||
        record->body.size() != kHeadBytes) {
        return fail(ErrorCode::Damaged, "a segment of the raw archive has no whole head");
    }
    const ByteView body = record->body;
    if (get_number(body.first(2)) != kVersion) {
        return fail(ErrorCode::Damaged, "a segment of the raw archive is of a version not read");
    }
    const Date day{std::chrono::days{static_cast<std::int64_t>(get_number(body.subspan(10, 4)))}};
    return RawSegmentHead{get_number(body.subspan(2, 8)), day, hash_at(body.subspan(14))};
}

/// One walk through one file.
class Walker {
public:
    Walker(const File& file, RawCheck check, const RawVisitor& visitor, RawWalk& walk)
        : file_(file), check_(check), visitor_(visitor), walk_(walk) {}

    Status run() {
        std::uint64_t offset = walk_.end;
        while (offset < walk_.size) {
            CAREHUB_TRY(const std::optional<std::uint64_t> end, step(offset));
            if (end) {
                offset = *end;
                walk_.end = offset;
                continue;
            }
            CAREHUB_TRY(const std::optional<std::uint64_t> next, find_next(offset + 1));
            if (!next) {
                return {};
            }
            ++walk_.damaged;
            offset = *next;
        }
        return {};
    }

private:
    [[nodiscard]] bool is_plausible(const RecordFront& front, std::uint64_t offset) const {
        const bool fits = front.body_bytes <= walk_.size &&
                          offset + kRecordHeadBytes + front.body_bytes <= walk_.size;
        const auto type = static_cast<RawRecord>(front.type);
        const std::uint64_t bytes = front.body_bytes;
        return fits && ((type == RawRecord::Message && bytes >= kMessageBytesMin &&
                         bytes <= kMessageBodyBytesMax) ||
                        (type == RawRecord::Events && bytes >= 16 && bytes % 8 == 0 &&
                         bytes <= kEventsBodyBytesMax));
    }

    [[nodiscard]] bool is_next(std::uint64_t number) const {
        return number >= walk_.next && number - walk_.next < kNumbersAheadMax;
    }

    /// Takes the record at `offset` and tells where it ends; nothing when none stands there.
    Result<std::optional<std::uint64_t>> step(std::uint64_t offset) {
        CAREHUB_TRY(const std::optional<RecordFront> front, read_front(file_, offset));
        if (!front || !is_plausible(*front, offset)) {
            return std::optional<std::uint64_t>{};
        }
        const bool is_message = front->type == static_cast<std::uint8_t>(RawRecord::Message);
        CAREHUB_TRY(const bool taken, is_message ? take_message(offset) : take_events(offset));
        return taken ? std::optional(offset + kRecordHeadBytes + front->body_bytes) : std::nullopt;
    }

    Result<bool> take_message(std::uint64_t offset) {
        std::array<std::uint8_t, kMessageFrontBytes> bytes{};
        CAREHUB_TRY(const std::size_t got, file_.read_at(offset + kRecordHeadBytes, bytes));
        const ByteView body = bytes;
        const RawFront front{offset, get_number(body.first(8)), hash_at(body.subspan(8))};
        if (got < bytes.size() || !is_next(front.number)) {
            return false;
        }
        // A number that skips some may be damage: what follows would then seem to go back.
        if (check_ == RawCheck::Whole || front.number != walk_.next) {
            CAREHUB_TRY(const auto record, read_record(file_, offset, kMessageBodyBytesMax));
            if (!record) {
                return false;
            }
        }
        walk_.next = front.number + 1;
        if (visitor_.on_message) {
            visitor_.on_message(front);
        }
        return true;
    }

    Result<bool> take_events(std::uint64_t offset) {
        CAREHUB_TRY(const auto record, read_record(file_, offset, kEventsBodyBytesMax));
        if (!record) {
            return false;
        }
        const ByteView body = record->body;
        std::vector<Sequence> events;
        for (std::size_t at = 8; at < body.size(); at += 8) {
            events.push_back({get_number(body.subspan(at, 8))});
        }
        if (visitor_.on_events) {
            visitor_.on_events(get_number(body.first(8)), events);
        }
        return true;
    }

    /// The first whole record from `offset` on, wherever it begins.
    Result<std::optional<std::uint64_t>> find_next(std::uint64_t offset) {
        Bytes window(kRawSearchBytes);
        while (offset + kRecordHeadBytes <= walk_.size) {
            CAREHUB_TRY(const std::size_t got, file_.read_at(offset, window));
            if (got < kRecordHeadBytes) {
                break;
            }
            const std::size_t starts = got - kRecordHeadBytes + 1;
            if (is_room(ByteView(window).first(got))) {
                offset += starts;
                continue;
            }
            for (std::size_t i = 0; i < starts; ++i) {
                CAREHUB_TRY(const bool whole,
                            begins_record(ByteView(window).subspan(i), offset + i));
                if (whole) {
                    return std::optional(offset + i);
                }
            }
            offset += starts;
        }
        return std::optional<std::uint64_t>{};
    }

    Result<bool> begins_record(ByteView bytes, std::uint64_t offset) const {
        const RecordFront front{bytes[4], get_number(bytes.first(4))};
        if (!is_plausible(front, offset)) {
            return false;
        }
        CAREHUB_TRY(const auto record, read_record(file_, offset, kMessageBodyBytesMax));
        const bool is_message = front.type == static_cast<std::uint8_t>(RawRecord::Message);
        return record && (!is_message || is_next(get_number(ByteView(record->body).first(8))));
    }

    const File& file_;
    RawCheck check_;
    const RawVisitor& visitor_;
    RawWalk& walk_;
};

}  // namespace

void put_head(Bytes& out, const RawSegmentHead& head) {
    Bytes body;
    put_number(body, kVersion, 2);
    put_number(body, head.first, 8);
    put_number(body, static_cast<std::uint64_t>(head.day.time_since_epoch().count()), 4);
    body.insert(body.end(), head.key_name.begin(), head.key_name.end());
    put(out, RawRecord::Head, body);
}

void put_message(Bytes& out, const RawMessage& message) {
    Bytes body;
    body.reserve(kMessageFrontBytes + message.sealed.size());
    put_number(body, message.number, 8);
    body.insert(body.end(), message.keyed_hash.begin(), message.keyed_hash.end());
    body.insert(body.end(), message.sealed.begin(), message.sealed.end());
    CAREHUB_CHECK(body.size() <= kMessageBodyBytesMax, "a raw message is larger than its bound");
    put(out, RawRecord::Message, body);
}

void put_events(Bytes& out, std::uint64_t number, std::span<const Sequence> events) {
    CAREHUB_CHECK(events.size() <= kRawEventsMax, "more events of a message than their bound");
    Bytes body;
    put_number(body, number, 8);
    for (const Sequence event : events) {
        put_number(body, event.value, 8);
    }
    put(out, RawRecord::Events, body);
}

std::size_t raw_head_record_bytes() { return kRecordHeadBytes + kHeadBytes; }

/// Each byte is the one before it, and the first is zero.
bool is_room(ByteView bytes) {
    return bytes.empty() || (bytes.front() == 0 &&
                             std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

Result<RawWalk> walk_raw_segment(const File& file, RawCheck check, const RawVisitor& visitor) {
    RawWalk walk;
    CAREHUB_TRY(walk.head, read_head(file));
    CAREHUB_TRY(walk.size, file.size());
    walk.next = walk.head.first;
    walk.end = raw_head_record_bytes();
    CAREHUB_TRY_DONE(Walker(file, check, visitor, walk).run());
    return walk;
}

Result<RawMessage> read_raw_message(const File& file, std::uint64_t offset) {
    CAREHUB_TRY(std::optional<FramedRecord> record,
                read_record(file, offset, kMessageBodyBytesMax));
    if (!record || record->type != static_cast<std::uint8_t>(RawRecord::Message) ||
        record->body.size() < kMessageBytesMin) {
        return fail(ErrorCode::Damaged, "a message of the raw archive is not what was written");
    }
    const ByteView body = record->body;
    RawMessage message{get_number(body.first(8)), hash_at(body.subspan(8)), {}};
    message.sealed.assign(body.begin() + kMessageFrontBytes, body.end());
    return message;
}

}  // namespace carehub::adapters
