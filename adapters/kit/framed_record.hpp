// A record of a file that is only appended to: framed and checked, so that a torn or damaged one is
// told from a whole one.
//
// FORMAT; integers are little endian:
//
//   bytes  field
//   4      length of the body
//   1      type, of the file's own format
//   8      the first 8 bytes of SHA-256 over length, type and body
//   n      body
//
// Errors: Io. Threads: any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "adapters/kit/file.hpp"

namespace carehub::adapters {

inline constexpr std::size_t kRecordHeadBytes = 13;

/// What stands before a body. Nothing has checked it yet.
struct RecordFront {
    std::uint8_t type = 0;
    std::uint64_t body_bytes = 0;
};

struct FramedRecord {
    std::uint8_t type = 0;
    Bytes body;
    std::uint64_t end = 0;  ///< where the next record begins
};

/// Appends a record to `out`.
void put_record(Bytes& out, std::uint8_t type, ByteView body);
/// The front at `offset`, or nothing where the file ends.
[[nodiscard]] Result<std::optional<RecordFront>> read_front(const File& file, std::uint64_t offset);
/// The record at `offset`, or nothing when no whole record of at most `body_bytes_max` stands
/// there.
[[nodiscard]] Result<std::optional<FramedRecord>> read_record(const File& file,
                                                              std::uint64_t offset,
                                                              std::size_t body_bytes_max);

/// `value` in its lowest `bytes` bytes, little endian.
void put_number(Bytes& out, std::uint64_t value, std::size_t bytes);
/// At most 8 bytes, little endian.
[[nodiscard]] std::uint64_t get_number(ByteView bytes);

}  // namespace carehub::adapters
