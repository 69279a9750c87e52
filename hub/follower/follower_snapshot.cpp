// What the follower knows beside State, in a snapshot.
//
// A chunk of kind Postings holds lists one after the other, by client: client, 16 bytes; a count of
// entries, and their sequences as differences from the one before (from 0), varints. A long list is
// continued by the next one of the same client.
// The chunk of kind Partners: a count of partners and for each its number (4 bytes) and the events
// accepted and refused (varints); then how partners name clients (people_chunk.cpp).
#include <algorithm>

#include "hub/base/sorted_keys.hpp"
#include "hub/follower/follower.hpp"
#include "hub/snapshot/byte_reader.hpp"

namespace carehub::follower {
namespace {

using journal::put;
using snapshot::ByteReader;
using snapshot::ChunkKind;
using snapshot::put_varint;

/// A list is continued after so many entries, that no chunk grows beyond its bound.
constexpr std::size_t kListEntriesMax = 100'000;
constexpr std::size_t kCountsBytesMin = 6;

tl::unexpected<Error> damaged(std::string_view what) {
    return fail(ErrorCode::Damaged, std::string(what) + " is not what was written");
}

void put_list(Bytes& out, const ClientId& client, std::span<const Sequence> entries) {
    put(out, client.value);
    put_varint(out, entries.size());
    std::uint64_t before = 0;
    for (const Sequence entry : entries) {
        put_varint(out, entry.value - before);
        before = entry.value;
    }
}

}  // namespace

Status Follower::save(vault::Resealer& sealer, const snapshot::ChunkSink& sink) const {
    CAREHUB_TRY_DONE(people_.save(state_.last, sealer, sink));
    CAREHUB_TRY_DONE(save_postings(sink));
    CAREHUB_TRY_DONE(passages_.save(sink));
    CAREHUB_TRY_DONE(deliveries_.save(sink));
    CAREHUB_TRY_DONE(principals_.save(sink));
    CAREHUB_TRY_DONE(strangers_.save(state_.last, sealer, sink));
    Bytes out;
    put_varint(out, counts_.size());
    for (const PartnerId& partner : sorted_keys(counts_)) {
        put(out, partner.value);
        put_varint(out, counts_.at(partner).accepted);
        put_varint(out, counts_.at(partner).refused);
    }
    people_.save_schemes(out);
    return sink({ChunkKind::Partners, out});
}

Status Follower::save_postings(const snapshot::ChunkSink& sink) const {
    Bytes out;
    for (const ClientId& client : sorted_keys(by_client_)) {
        std::span<const Sequence> rest = by_client_.at(client);
        while (!rest.empty()) {
            const std::size_t count = std::min(rest.size(), kListEntriesMax);
            put_list(out, client, rest.first(count));
            rest = rest.subspan(count);
            if (out.size() >= snapshot::kChunkBytesUsual) {
                CAREHUB_TRY_DONE(sink({ChunkKind::Postings, out}));
                out.clear();
            }
        }
    }
    return out.empty() ? Status{} : sink({ChunkKind::Postings, out});
}

Status Follower::load(const snapshot::Chunk& chunk, Sequence at) {
    switch (chunk.kind) {
        case ChunkKind::State:
        case ChunkKind::Inbox: return snapshot::load_state_chunk(chunk, at, state_);
        case ChunkKind::People: return people_.load(chunk.content);
        case ChunkKind::Postings: return load_postings(chunk.content);
        case ChunkKind::Partners: return load_partners(chunk.content);
        case ChunkKind::Passages: return passages_.load(chunk.content);
        case ChunkKind::Deliveries: return deliveries_.load(chunk.content);
        case ChunkKind::Principals: return principals_.load(chunk.content);
        case ChunkKind::Strangers: return strangers_.load(chunk.content);
    }
    return damaged("a chunk's kind");
}

Status Follower::load_postings(ByteView content) {
    ByteReader bytes(content);
    while (bytes.is_good() && !bytes.is_at_end()) {
        std::vector<Sequence>& entries = by_client_[ClientId{bytes.array<Hash128>()}];
        const std::size_t count = bytes.count(1);
        entries.reserve(entries.size() + count);
        std::uint64_t before = 0;
        for (std::size_t i = 0; i < count; ++i) {
            before += bytes.varint();
            entries.push_back({before});
        }
    }
    return bytes.is_good() ? Status{} : damaged("a chunk of posting lists");
}

Status Follower::load_partners(ByteView content) {
    ByteReader bytes(content);
    const std::size_t partners = bytes.count(kCountsBytesMin);
    for (std::size_t i = 0; i < partners; ++i) {
        Counts& counts = counts_[PartnerId{bytes.number<std::uint32_t>()}];
        counts.accepted = bytes.varint();
        counts.refused = bytes.varint();
    }
    const bool good = people_.load_schemes(bytes) && bytes.is_at_end();
    return good ? Status{} : damaged("the chunk of partners");
}

void Follower::make_room(const snapshot::Trailer& trailer) {
    core::make_room(state_, trailer.counts);
    people_.make_room(trailer.people);
    constexpr std::uint64_t kRoomMax = 10'000'000;  // a wrong count must not take the memory
    by_client_.reserve(std::min(trailer.counts.clients, kRoomMax));
}

}  // namespace carehub::follower
