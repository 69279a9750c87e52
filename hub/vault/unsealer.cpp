#include "hub/vault/unsealer.hpp"

#include "hub/vault/envelope.hpp"

namespace carehub::vault {
namespace {

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::Damaged, "sealed bytes are not what was sealed for their entry");
}

/// A record read while it is being erased may be half of each: the second look finds it whole.
Result<KeyRecord> read_twice(const KeyStore& keys, std::uint32_t number) {
    auto record = keys.read(number);
    return record || record.error().code != ErrorCode::Damaged ? std::move(record)
                                                               : keys.read(number);
}

}  // namespace

Unsealer::Unsealer(const Vault& vault) : vault_(vault), cache_(kReadingKeysCachedMax) {}

Result<Bytes> Unsealer::unseal(const SealContext& context, ByteView sealed) {
    CAREHUB_TRY(const Envelope envelope, read_envelope(sealed));
    CAREHUB_TRY(const SubjectKey* const key, key_of(context.subject, envelope.key));
    Bytes clear(envelope.sealed.size() - kTagBytes);
    if (!decrypt(key->key, envelope.nonce, bound_of(context), envelope.sealed, clear)) {
        return damaged();
    }
    return clear;
}

Result<const SubjectKey*> Unsealer::key_of(const Hash128& subject, std::uint32_t number) {
    if (number == kOwnKey) {
        return &vault_.own_;  // bound to the zero subject: for any other one the tag refuses
    }
    const std::uint64_t erasures = vault_.keys_->erasures();
    if (erasures != erasures_) {
        cache_.clear();
        erasures_ = erasures;
    }
    if (const SubjectKey* known = cache_.find(subject);
        known != nullptr && known->number == number) {
        return known;
    }
    CAREHUB_TRY(const KeyRecord record, read_twice(*vault_.keys_, number));
    if (record.head.subject != subject) {
        return fail(
            ErrorCode::Damaged,
            "key " + std::to_string(number) +
                " of vault.keys is another subject's: sealed bytes were moved, or keys were "
                "made in a vault.keys that is older than the journal");
    }
    if (record.head.state == KeyState::Erased) {
        return fail(ErrorCode::NotFound, "the person's key was erased: nothing is left to read");
    }
    return &cache_.put({subject, number, record.key});
}

}  // namespace carehub::vault
