#include "hub/vault/resealer.hpp"

#include "hub/vault/envelope.hpp"

namespace carehub::vault {

Result<Bytes> Resealer::seal(std::uint32_t key, const SealContext& context, ByteView clear) {
    if (key == kOwnKey) {
        return fail(ErrorCode::Invalid, "a person's data is not sealed under the hub's own key");
    }
    CAREHUB_TRY(const KeyRecord record, vault_.keys_->read(key));
    if (record.head.state == KeyState::Erased) {
        return fail(ErrorCode::NotFound, "the person's key was erased");
    }
    if (record.head.subject != context.subject) {
        return fail(ErrorCode::Damaged, "key " + std::to_string(key) + " is another subject's");
    }
    const Nonce nonce = nonces_.next();
    Bytes sealed = envelope(key, nonce, clear.size());
    encrypt(record.key, nonce, bound_of(context), clear,
            std::span(sealed).subspan(kEnvelopeHeadBytes));
    return sealed;
}

Result<std::uint32_t> key_number(ByteView sealed) {
    CAREHUB_TRY(const Envelope envelope, read_envelope(sealed));
    return envelope.key;
}

}  // namespace carehub::vault
