#include "hub/follower/entry_reader.hpp"

#include <algorithm>

#include "hub/codec/entry.hpp"

namespace carehub::follower {
namespace {

constexpr std::size_t kRecentMax = 64;  ///< a question about one client reads the same few entries

vault::SealContext context_of(const Entry& entry) {
    return {entry.subject.value, entry.sequence.value, static_cast<std::uint16_t>(entry.input_kind)};
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
    const auto known = std::ranges::find(recent_, sequence, [](const EntryPtr& e) { return e->sequence; });
    if (known != recent_.end()) {
        return *known;
    }
    EntryPtr found;
    CAREHUB_TRY_DONE(journal_.read(sequence, 1, [&](const journal::StoredEntry& stored) -> Status {
        CAREHUB_TRY(Entry entry, load(stored.bytes, vault_));
        found = std::make_shared<const Entry>(std::move(entry));
        return {};
    }));
    if (!found) {
        return fail(ErrorCode::NotFound, "the journal has no entry " + std::to_string(sequence.value));
    }
    recent_.push_front(found);
    if (recent_.size() > kRecentMax) {
        recent_.pop_back();
    }
    return found;
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
