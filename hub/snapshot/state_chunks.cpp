#include "hub/snapshot/state_chunks.hpp"

#include <algorithm>
#include <utility>

#include "hub/codec/entry.hpp"
#include "hub/journal/little_endian.hpp"

namespace carehub::snapshot {
namespace {

using journal::get;
using journal::get_array;
using journal::put;

constexpr std::size_t kMarkBytes = 32;
constexpr std::size_t kMarkBodyAt = 16;
constexpr std::size_t kMarkBodyBytes = 8;
constexpr std::size_t kMarkSequenceAt = kMarkBodyAt + kMarkBodyBytes;

bool is_inbox_alone(Decisions& piece) {
    std::vector<InboxMark> marks;
    marks.swap(piece.inbox);
    const bool alone = !marks.empty() && piece == Decisions{};
    marks.swap(piece.inbox);
    return alone;
}

Bytes encode_marks(const std::vector<InboxMark>& marks) {
    Bytes out;
    out.reserve(marks.size() * kMarkBytes);
    for (const InboxMark& mark : marks) {
        put(out, mark.id.value);
        put(out, ByteView(mark.body).first(kMarkBodyBytes));
        put(out, mark.sequence.value);
    }
    return out;
}

Status write_piece(Decisions& piece, const ChunkSink& sink) {
    if (is_inbox_alone(piece)) {
        return sink({ChunkKind::Inbox, encode_marks(piece.inbox)});
    }
    CAREHUB_TRY(const Bytes content, codec::encode_decisions(piece));
    return sink({ChunkKind::State, content});
}

}  // namespace

Status write_state(const core::State& state, const ChunkSink& sink) {
    Status status;
    core::write_pieces(state, kChunkBytesUsual, [&](Decisions piece) {
        if (status) {
            status = write_piece(piece, sink);
        }
    });
    return status;
}

void DigestMaker::add(const Chunk& chunk) {
    if (!is_of_state(chunk.kind)) {
        return;
    }
    Bytes head;
    put(head, static_cast<std::uint32_t>(chunk.kind));
    put(head, std::uint64_t{chunk.content.size()});
    hash_.update(head);
    hash_.update(chunk.content);
}

Result<Hash256> digest_of(const core::State& state) {
    DigestMaker digest;
    CAREHUB_TRY_DONE(write_state(state, [&](const Chunk& chunk) -> Status {
        digest.add(chunk);
        return {};
    }));
    return digest.finish();
}

Status load_inbox_chunk(const Chunk& chunk, core::Inbox& inbox) {
    ByteView content = chunk.content;
    if (content.empty() || content.size() % kMarkBytes != 0) {
        return fail(ErrorCode::Damaged, "a chunk of marks has no whole number of them");
    }
    for (; !content.empty(); content = content.subspan(kMarkBytes)) {
        InboxMark mark;
        mark.id.value = get_array<Hash128>(content, 0);
        std::ranges::copy(content.subspan(kMarkBodyAt, kMarkBodyBytes), mark.body.begin());
        mark.sequence.value = get<std::uint64_t>(content, kMarkSequenceAt);
        inbox.put(mark);
    }
    return {};
}

Status load_state_chunk(const Chunk& chunk, Sequence at, core::State& state) {
    if (chunk.kind == ChunkKind::Inbox) {
        return load_inbox_chunk(chunk, state.inbox);
    }
    CAREHUB_TRY(const Decisions piece, codec::decode_decisions(chunk.content));
    if (!core::fits(state, piece)) {
        return fail(ErrorCode::Damaged, "a chunk cannot follow those before it");
    }
    core::load_piece(state, at, piece);
    return {};
}

}  // namespace carehub::snapshot
