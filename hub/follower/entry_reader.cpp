#include "hub/follower/entry_reader.hpp"

#include "hub/codec/entry.hpp"

namespace carehub::follower {
namespace {

vault::SealContext context_of(const Entry& entry) {
    return {entry.subject.value, entry.sequence.value,
            static_cast<std::uint16_t>(entry.input_kind)};
}

}  // namespace

Result<Bytes> store(Entry& entry, vault::Vault& vault) {
    for (const Link& link : entry.decisions.links) {
        if (!link.client.is_none()) {
            CAREHUB_TRY_DONE(vault.expect(link.subject.value));
        }
    }
    CAREHUB_TRY(Bytes sealed, vault.seal(context_of(entry), entry.input));
    std::swap(entry.input, sealed);
    Result<Bytes> stored = codec::encode_entry(entry);
    std::swap(entry.input, sealed);
    return stored;
}

Status unseal(Entry& entry, vault::Unsealer& unsealer) {
    auto clear = unsealer.unseal(context_of(entry), entry.input);
    if (!clear && clear.error().code != ErrorCode::NotFound) {
        return tl::unexpected<Error>(std::move(clear).error());
    }
    entry.input = clear ? std::move(*clear) : Bytes{};
    return {};
}

Result<Entry> load(ByteView stored, vault::Unsealer& unsealer) {
    CAREHUB_TRY(Entry entry, codec::decode_entry(stored));
    CAREHUB_TRY_DONE(unseal(entry, unsealer));
    return entry;
}

Result<EntryPtr> EntryReader::entry(Sequence sequence) const {
    CAREHUB_TRY(const ByteView stored, blocks_.entry(sequence));
    CAREHUB_TRY(Entry entry, load(stored, unsealer_));
    return std::make_shared<const Entry>(std::move(entry));
}

Result<Entry> EntryReader::head(Sequence sequence) const {
    CAREHUB_TRY(const ByteView stored, blocks_.entry(sequence));
    return codec::decode_entry_without_input(stored);
}

Result<Decisions> EntryReader::decisions(Sequence sequence) const {
    CAREHUB_TRY(const ByteView stored, blocks_.entry(sequence));
    return codec::decode_decisions_only(stored);
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
