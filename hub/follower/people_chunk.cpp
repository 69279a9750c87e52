// The people in a snapshot. A chunk of kind People holds persons one after the other, by client:
//   client, 16 bytes; partners that told of it: a count and 4 bytes each; number of the client's key,
//   4 bytes; the sequence it was sealed for, 8 bytes; its sealed bytes, a length and those bytes.
// Nobody's bytes are opened here but those of whom something new was told.
#include <algorithm>

#include "hub/base/sorted_keys.hpp"
#include "hub/follower/people.hpp"
#include "hub/snapshot/byte_reader.hpp"

namespace carehub::follower {
namespace {

using journal::put;
using snapshot::ByteReader;
using snapshot::put_bytes;
using snapshot::put_varint;

constexpr std::size_t kPartnerBytes = 4;
constexpr std::size_t kSchemeBytesMin = 2;
constexpr std::size_t kPartnerSchemesBytesMin = 5;

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Damaged, "a chunk of people is not what was written");
}

}  // namespace

Status People::save(Sequence at, vault::Resealer& sealer, const snapshot::ChunkSink& sink) const {
    Bytes out;
    for (const ClientId& client : sorted_keys(held_)) {
        const Held& held = held_.at(client);
        if (held.key == 0) {
            continue;
        }
        SealedPerson fresh;
        if (held.clear) {
            auto sealed =
                sealer.seal(held.key, context_of(client, at.value), encode_person(*held.clear));
            if (!sealed && sealed.error().code == ErrorCode::NotFound) {
                continue;
            }
            CAREHUB_TRY(fresh.sealed, std::move(sealed));
            fresh.sealed_at = at.value;
        }
        const SealedPerson& person = held.clear ? fresh : held.sealed;
        put(out, client.value);
        put_varint(out, held.seen_by.size());
        for (const PartnerId partner : held.seen_by) {
            put(out, partner.value);
        }
        put(out, held.key);
        put(out, person.sealed_at);
        put_bytes(out, person.sealed);
        if (out.size() >= snapshot::kChunkBytesUsual) {
            CAREHUB_TRY_DONE(sink({snapshot::ChunkKind::People, out}));
            out.clear();
        }
    }
    return out.empty() ? Status{} : sink({snapshot::ChunkKind::People, out});
}

Status People::load(ByteView chunk) {
    ByteReader bytes(chunk);
    while (bytes.is_good() && !bytes.is_at_end()) {
        const ClientId client{bytes.array<Hash128>()};
        Held held;
        held.seen_by.resize(bytes.count(kPartnerBytes));
        for (PartnerId& partner : held.seen_by) {
            partner.value = bytes.number<std::uint32_t>();
        }
        held.key = bytes.number<std::uint32_t>();
        held.sealed.sealed_at = bytes.number<std::uint64_t>();
        const ByteView sealed = bytes.bytes();
        held.sealed.sealed.assign(sealed.begin(), sealed.end());
        if (bytes.is_good() && !held_.emplace(client, std::move(held)).second) {
            return damaged();
        }
    }
    return bytes.is_good() ? Status{} : damaged();
}

void People::save_schemes(Bytes& out) const {
    put_varint(out, schemes_.size());
    for (const PartnerId& partner : sorted_keys(schemes_)) {
        const std::vector<Scheme>& schemes = schemes_.at(partner);
        put(out, partner.value);
        put_varint(out, schemes.size());
        for (const auto& [authority, type] : schemes) {
            put_bytes(out, as_bytes(authority));
            put_bytes(out, as_bytes(type));
        }
    }
}

bool People::load_schemes(ByteReader& bytes) {
    const std::size_t partners = bytes.count(kPartnerSchemesBytesMin);
    for (std::size_t i = 0; i < partners; ++i) {
        auto& schemes = schemes_[PartnerId{bytes.number<std::uint32_t>()}];
        schemes.resize(bytes.count(kSchemeBytesMin));
        for (auto& [authority, type] : schemes) {
            authority = bytes.text();
            type = bytes.text();
        }
    }
    return bytes.is_good();
}

void People::make_room(std::uint64_t people) {
    constexpr std::uint64_t kRoomMax = 10'000'000;  // a wrong count must not take the memory
    held_.reserve(std::min(people, kRoomMax));
}

}  // namespace carehub::follower
