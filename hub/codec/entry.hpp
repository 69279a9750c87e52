// What the hub writes for itself: journal entries (identifier "CHEN", schemas/entry.fbs) and parts
// of a snapshot ("CHSN", schemas/decisions.fbs).
//
// Contract: decode(encode(x)) == x but for an entry's input, and the same value gives the same bytes, so that a hash of them
// names it. An entry is encoded without its input, which is sealed and stored beside it.
// Errors: Invalid when a value is above kDecisionRecordsMax or kStoredBytesMax (codec/limits.hpp);
// Damaged when bytes do not decode: the journal's checksums were right, so they were written wrong.
// Threads: any thread.
#pragma once

#include "hub/base/error.hpp"
#include "hub/model/entry.hpp"

namespace carehub::codec {

[[nodiscard]] Result<Bytes> encode_entry(const Entry& entry);
[[nodiscard]] Result<Entry> decode_entry(ByteView buffer);

/// What is in the clear of how an entry's input is sealed.
struct Sealing {
    SubjectHash subject;          ///< whose key
    Hash256 hash{};               ///< SHA-256 of the sealed bytes; zero: there were none
    std::vector<Hash128> erased;  ///< whose keys this entry destroys
};
/// A fraction of decode_entry()'s cost.
[[nodiscard]] Result<Sealing> decode_sealing(ByteView entry_buffer);
/// What evolve needs of an entry.
[[nodiscard]] Result<Decisions> decode_decisions_only(ByteView entry_buffer);

[[nodiscard]] Result<Bytes> encode_decisions(const Decisions& part);
[[nodiscard]] Result<Decisions> decode_decisions(ByteView buffer);

}  // namespace carehub::codec
