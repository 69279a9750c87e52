// Core's State as chunks and back, and its digest.
//
// A piece of the State (core/snapshot.hpp) is one chunk: a Decisions buffer of the codec, or, for
// the one table that grows with every event, marks of 32 bytes each: id 16, the half of the body's
// hash that State keeps 8, sequence 8.
// Contract: equal States give equal chunks in the same order, whatever way they came to be; so the
// SHA-256 over each chunk's kind, length and content names the State: its digest.
// Errors: Damaged when a chunk does not decode or cannot follow what was loaded before it; Invalid
// when a piece cannot be encoded. Threads: confined to its owner.
#pragma once

#include <functional>

#include "hub/audit/hash.hpp"
#include "hub/snapshot/format.hpp"

namespace carehub::snapshot {

/// Takes one chunk; its content is gone after the call.
using ChunkSink = std::function<Status(const Chunk&)>;

/// Hands out the whole State.
[[nodiscard]] Status write_state(const core::State& state, const ChunkSink& sink);

/// The digest of a State, from its chunks in order.
class DigestMaker {
public:
    /// Chunks of other kinds count for nothing.
    void add(const Chunk& chunk);
    [[nodiscard]] Hash256 finish() { return hash_.finish(); }

private:
    audit::Sha256 hash_;
};

[[nodiscard]] Result<Hash256> digest_of(const core::State& state);

/// Adds one State or Inbox chunk to `state`, which was made from those before it. What it was after
/// an error must not be used.
[[nodiscard]] Status load_state_chunk(const Chunk& chunk, Sequence at, core::State& state);

/// Adds an Inbox chunk to the marks of those before it: that table can be loaded apart from the
/// others.
[[nodiscard]] Status load_inbox_chunk(const Chunk& chunk, core::Inbox& inbox);

[[nodiscard]] inline bool is_of_state(ChunkKind kind) {
    return kind == ChunkKind::State || kind == ChunkKind::Inbox;
}

}  // namespace carehub::snapshot
