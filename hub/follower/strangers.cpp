#include "hub/follower/strangers.hpp"

#include "hub/codec/submission.hpp"
#include "hub/core/claims.hpp"
#include "hub/follower/limits.hpp"
#include "hub/follower/profile.hpp"

namespace carehub::follower {
namespace {

using snapshot::put_bytes;

Person person_of(const Entry& entry, const Submission& event) {
    Person person;
    person.told = profile_of(std::get<PersonClaim>(event.payload));
    person.seen.push_back({entry.principal, event.identifiers});
    return person;
}

}  // namespace

/// Any event of nobody's: that somebody is protected may be told by another than names them.
bool Strangers::wants(const Entry& head) {
    return head.input_kind == InputKind::Submission && head.decisions.client.is_none() &&
           head.decisions.refused == RefusalReason::None && !head.subject.is_none();
}

void Strangers::apply(const Entry& entry, const core::State& state, std::uint32_t key,
                      const Submission* event) {
    if (!wants(entry)) {
        return;
    }
    if (event != nullptr) {
        apply_event(entry, state, key, *event);
    } else if (const auto decoded = codec::decode_submission(entry.input)) {
        // An input that was erased since does not decode, and tells nothing any more.
        apply_event(entry, state, key, *decoded);
    }
}

void Strangers::apply_event(const Entry& entry, const core::State& state, std::uint32_t key,
                            const Submission& event) {
    const Partner* partner = state.partner(entry.principal);
    const Labels labels =
        partner == nullptr ? event.labels : core::labels_of(state, *partner, event);
    Stranger stranger{entry.subject, entry.principal, false, key, nullptr, {}};
    if (labels.has(SecurityLabel::DvProtected) || is_protected(entry.subject)) {
        stranger.is_protected = true;
        put(entry.sequence, std::move(stranger));
    } else if (event.kind == EventKind::PersonDeleted) {
        remove(entry.subject);
    } else if (event.kind == EventKind::PersonUpserted &&
               std::holds_alternative<PersonClaim>(event.payload)) {
        stranger.clear = std::make_shared<const Person>(person_of(entry, event));
        put(entry.sequence, std::move(stranger));
    }
}

bool Strangers::is_protected(SubjectHash subject) const {
    const auto known = newest_.find(subject);
    return known != newest_.end() && told_.at(known->second).is_protected;
}

void Strangers::remove(SubjectHash subject) {
    if (const auto known = newest_.find(subject); known != newest_.end()) {
        told_.erase(known->second);
        newest_.erase(known);
    }
}

void Strangers::put(Sequence entry, Stranger stranger) {
    remove(stranger.subject);
    newest_[stranger.subject] = entry;
    told_[entry] = std::move(stranger);
    if (told_.size() > kStrangersMax) {
        newest_.erase(told_.begin()->second.subject);
        told_.erase(told_.begin());
    }
}

Status Strangers::save(Sequence at, vault::Resealer& sealer,
                       const snapshot::ChunkSink& sink) const {
    Bytes out;
    for (const auto& [entry, stranger] : told_) {
        if (stranger.key == 0 && !stranger.is_protected) {
            continue;
        }
        SealedPerson person = stranger.sealed;
        if (stranger.clear) {
            auto sealed =
                sealer.seal(stranger.key, context_of(ClientId{stranger.subject.value}, at.value),
                            encode_person(*stranger.clear));
            if (!sealed && sealed.error().code == ErrorCode::NotFound) {
                continue;
            }
            CAREHUB_TRY(person.sealed, std::move(sealed));
            person.sealed_at = at.value;
        }
        journal::put(out, entry.value);
        journal::put(out, stranger.subject.value);
        journal::put(out, stranger.partner.value);
        journal::put(out, static_cast<std::uint8_t>(stranger.is_protected ? 1 : 0));
        journal::put(out, stranger.key);
        journal::put(out, person.sealed_at);
        put_bytes(out, person.sealed);
        if (out.size() >= snapshot::kChunkBytesUsual) {
            CAREHUB_TRY_DONE(sink({snapshot::ChunkKind::Strangers, out}));
            out.clear();
        }
    }
    return out.empty() ? Status{} : sink({snapshot::ChunkKind::Strangers, out});
}

Status Strangers::load(ByteView chunk) {
    snapshot::ByteReader bytes(chunk);
    while (bytes.is_good() && !bytes.is_at_end()) {
        const Sequence entry{bytes.number<std::uint64_t>()};
        Stranger stranger;
        stranger.subject = SubjectHash{bytes.array<Hash128>()};
        stranger.partner.value = bytes.number<std::uint32_t>();
        stranger.is_protected = bytes.number<std::uint8_t>() != 0;
        stranger.key = bytes.number<std::uint32_t>();
        stranger.sealed.sealed_at = bytes.number<std::uint64_t>();
        const ByteView sealed = bytes.bytes();
        stranger.sealed.sealed.assign(sealed.begin(), sealed.end());
        if (bytes.is_good()) {
            put(entry, std::move(stranger));
        }
    }
    return bytes.is_good()
               ? Status{}
               : fail(ErrorCode::Damaged, "a chunk of strangers is not what was written");
}

}  // namespace carehub::follower
