#include "hub/follower/entry_reader.hpp"

#include "hub/codec/entry.hpp"

namespace carehub::follower {
namespace {

vault::SealContext context_of(const Entry& entry) {
    return {entry.subject.value, entry.sequence.value,
            static_cast<std::uint16_t>(entry.input_kind)};
}

}  // namespace

Result<Bytes> store(Entry& entry, const vault::Vault& vault) {
    CAREHUB_TRY(Bytes sealed, vault.seal(context_of(entry), entry.input));
    std::swap(entry.input, sealed);
    Result<Bytes> stored = codec::encode_entry(entry);
    std::swap(entry.input, sealed);
    return stored;
}

Result<Entry> load(ByteView stored, const vault::Vault& vault) {
    CAREHUB_TRY(Entry entry, codec::decode_entry(stored));
    CAREHUB_TRY(entry.input, vault.unseal(context_of(entry), entry.input));
    return entry;
}

Result<EntryPtr> EntryReader::entry(Sequence sequence) const {
    CAREHUB_TRY(const ByteView stored, blocks_.entry(sequence));
    CAREHUB_TRY(Entry entry, load(stored, vault_));
    return std::make_shared<const Entry>(std::move(entry));
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
