// One file of the spool: records appended, checked, and read back after a crash.
//
// FORMAT, version 2. A file called by the number of its first item (segment_files.hpp) is a run of
// framed records (framed_record.hpp) of type 1 Head, 2 Item, 3 Commit; integers are little endian:
//
//   Head   the first record, and only it: u16 version = 2, u64 number of the first item, 16 bytes
//          that name the key the items are sealed with, then the note of the last transaction
//          before this file
//   Item   an item, sealed (sealing.hpp); items are numbered in order, from the head's number on
//   Commit u64 number that the next item will have, then the note of the transaction; the items
//          since the previous Commit count only when this record is whole
//
// Version 1 had its items in the clear; no adapter reads it any more.
//
// Contract: items after the last whole Commit never happened; scan_segment() tells where they
// begin.
// Errors: Damaged when the head is not whole or not of this format.
// Threads: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "adapters/kit/framed_record.hpp"

namespace carehub::adapters {

enum class SpoolRecord : std::uint8_t { Head = 1, Item = 2, Commit = 3 };

/// Appends a record to `out`.
void put_record(Bytes& out, SpoolRecord type, ByteView body);
[[nodiscard]] Bytes head_body(std::uint64_t first, const Hash128& key_name, std::string_view note);
[[nodiscard]] Bytes commit_body(std::uint64_t next, std::string_view note);

/// Where an item's body lies in its file.
struct SpoolPlace {
    std::uint64_t offset = 0;
    std::uint32_t bytes = 0;
};

struct SegmentScan {
    std::uint64_t first = 0;
    Hash128 key_name{};  ///< of what its items are sealed with
    std::string note;
    std::vector<SpoolPlace> items;      ///< committed ones
    std::uint64_t committed_bytes = 0;  ///< the file up to the end of its last whole transaction
};
[[nodiscard]] Result<SegmentScan> scan_segment(const File& file);
/// The item's body, checked against its record. Damaged when it is not what was written.
[[nodiscard]] Result<Bytes> read_item(const File& file, const SpoolPlace& place);

}  // namespace carehub::adapters
