// What the hub writes for itself: journal entries (identifier "CHEN", schemas/entry.fbs) and parts
// of a snapshot ("CHSN", schemas/decisions.fbs).
//
// Contract: decode(encode(x)) == x, and the same value gives the same bytes, so that a hash of them
// names it. An entry's input is opaque here: who seals it does so before encoding it.
// Errors: Invalid when a value is above kDecisionRecordsMax or kStoredBytesMax (codec/limits.hpp);
// Damaged when bytes do not decode: the journal's checksums were right, so they were written wrong.
// Threads: any thread.
#pragma once

#include "hub/base/error.hpp"
#include "hub/model/entry.hpp"

namespace carehub::codec {

[[nodiscard]] Result<Bytes> encode_entry(const Entry& entry);
[[nodiscard]] Result<Entry> decode_entry(ByteView buffer);

/// What replay needs of an entry: everything but the input.
[[nodiscard]] Result<Entry> decode_entry_without_input(ByteView buffer);
/// What evolve needs of an entry.
[[nodiscard]] Result<Decisions> decode_decisions_only(ByteView entry_buffer);

[[nodiscard]] Result<Bytes> encode_decisions(const Decisions& part);
[[nodiscard]] Result<Decisions> decode_decisions(ByteView buffer);

}  // namespace carehub::codec
