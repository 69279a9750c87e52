#include "hub/follower/entry_reader.hpp"

#include "hub/audit/hash.hpp"
#include "hub/codec/entry.hpp"

namespace carehub::follower {
namespace {

vault::SealContext context_of(const Entry& entry) {
    return {entry.subject.value, entry.sequence.value,
            static_cast<std::uint16_t>(entry.input_kind)};
}

}  // namespace

Result<journal::StoredEntry> store(Entry& entry, vault::Vault& vault) {
    for (const Link& link : entry.decisions.links) {
        if (!link.client.is_none()) {
            CAREHUB_TRY_DONE(vault.expect(link.subject.value));
        }
    }
    journal::StoredEntry stored{entry.sequence, {}};
    entry.sealed_hash = {};
    if (!entry.input.empty()) {
        CAREHUB_TRY(stored.sealed, vault.seal(context_of(entry), entry.input));
        entry.sealed_hash = audit::sha256(stored.sealed);
    }
    CAREHUB_TRY(stored.bytes, codec::encode_entry(entry));
    return stored;
}

Status unseal(Entry& entry, ByteView sealed, vault::Unsealer& unsealer) {
    entry.input.clear();
    if (sealed.empty()) {
        return {};  // there was nothing, or it was taken out after its key was destroyed
    }
    auto clear = unsealer.unseal(context_of(entry), sealed);
    if (!clear && clear.error().code != ErrorCode::NotFound) {
        return tl::unexpected<Error>(std::move(clear).error());
    }
    if (clear) {
        entry.input = std::move(*clear);
    }
    return {};
}

Result<Entry> load(ByteView stored, ByteView sealed, vault::Unsealer& unsealer) {
    CAREHUB_TRY(Entry entry, codec::decode_entry(stored));
    CAREHUB_TRY_DONE(unseal(entry, sealed, unsealer));
    return entry;
}

Result<EntryPtr> EntryReader::entry(Sequence sequence) const {
    CAREHUB_TRY(const auto stored, blocks_.entry(sequence));
    CAREHUB_TRY(Entry entry, load(stored.bytes, stored.sealed, unsealer_));
    return std::make_shared<const Entry>(std::move(entry));
}

Result<Entry> EntryReader::head(Sequence sequence) const {
    CAREHUB_TRY(const auto stored, blocks_.entry(sequence));
    return codec::decode_entry(stored.bytes);
}

Result<Decisions> EntryReader::decisions(Sequence sequence) const {
    CAREHUB_TRY(const auto stored, blocks_.entry(sequence));
    return codec::decode_decisions_only(stored.bytes);
}

std::optional<Submission> EntryReader::submission(Sequence sequence) const {
    const auto found = entry(sequence);
    if (!found || (*found)->input_kind != InputKind::Submission) {
        return std::nullopt;
    }
    auto decoded = codec::decode_submission((*found)->input);
    return decoded ? std::optional(std::move(*decoded)) : std::nullopt;
}

std::optional<CommandBody> EntryReader::command(Sequence sequence) const {
    const auto found = entry(sequence);
    if (!found || (*found)->input_kind != InputKind::Command) {
        return std::nullopt;
    }
    auto decoded = codec::decode_command((*found)->input);
    return decoded ? std::optional(std::move(*decoded)) : std::nullopt;
}

}  // namespace carehub::follower
