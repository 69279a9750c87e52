// One file of the raw archive: sealed messages, and which events came of them.
//
// FORMAT, version 1. A file called by the number of its first message (segment_files.hpp) is a run
// of framed records (framed_record.hpp); integers are little endian:
//
//   1 Head     the first record, and only it: u16 version = 1, u64 lowest number of its messages,
//              u32 day on which it was begun (days since 1970-01-01, UTC), 16 bytes that name the
//              key its messages are sealed with
//   2 Message  u64 number, 16 bytes keyed hash of the message's SHA-256, then the message, sealed
//              by its number (sealing.hpp); numbers ascend within a file and from file to file
//   3 Events   u64 number of a message of this file or an earlier one, then a u64 for each event
//              that came of it: its sequence
//
// Behind the last record of the file being written stand zeros, room made ahead; a crash leaves
// them there.
//
// Contract: a walk finds the next whole record behind a damaged one, so that damage costs what it
// hit and no more. What a walk looks at is not changed by a writer that appends meanwhile.
// Errors: Damaged when the head is not whole or not of this format; Io. Threads: any thread.
#pragma once

#include <functional>
#include <span>

#include "adapters/kit/framed_record.hpp"
#include "hub/model/receipt.hpp"

namespace carehub::adapters {

struct RawSegmentHead {
    std::uint64_t first = 0;
    Date day;
    Hash128 key_name{};
};

/// What stands of a message before its sealed bytes.
struct RawFront {
    std::uint64_t offset = 0;  ///< of its record
    std::uint64_t number = 0;
    Hash128 keyed_hash{};
};

struct RawMessage {
    std::uint64_t number = 0;
    Hash128 keyed_hash{};
    Bytes sealed;
};

void put_head(Bytes& out, const RawSegmentHead& head);
void put_message(Bytes& out, const RawMessage& message);
/// At most kRawEventsMax of them.
void put_events(Bytes& out, std::uint64_t number, std::span<const Sequence> events);
/// The size of a file in which nothing stands but its head.
[[nodiscard]] std::size_t raw_head_record_bytes();

/// Nothing but the zeros of room made ahead.
[[nodiscard]] bool is_room(ByteView bytes);

/// How closely a walk looks at messages; records of events are always checked.
enum class RawCheck : std::uint8_t {
    Fronts,  ///< without reading what is sealed
    Whole
};

struct RawVisitor {
    std::function<void(const RawFront&)> on_message;
    std::function<void(std::uint64_t number, std::span<const Sequence>)> on_events;
};

struct RawWalk {
    RawSegmentHead head;
    std::uint64_t next = 0;     ///< above every number met
    std::uint64_t end = 0;      ///< behind the last whole record
    std::uint64_t damaged = 0;  ///< places where something stands that is no whole record
    std::uint64_t size = 0;     ///< of the file when the walk began

    [[nodiscard]] bool is_whole() const { return damaged == 0 && end == size; }
};

/// Damage behind the last whole record is not counted in `damaged`: it may be a torn end.
[[nodiscard]] Result<RawWalk> walk_raw_segment(const File& file, RawCheck check,
                                               const RawVisitor& visitor);
/// Damaged when no whole message stands there.
[[nodiscard]] Result<RawMessage> read_raw_message(const File& file, std::uint64_t offset);

}  // namespace carehub::adapters
