#include "hub/vault/aead.hpp"

#include <algorithm>

#include <sodium.h>

#include "hub/base/check.hpp"

namespace carehub::vault {
namespace {

static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == sizeof(Hash256));
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == kNonceBytes);
static_assert(crypto_aead_xchacha20poly1305_ietf_ABYTES == kTagBytes);
static_assert(crypto_kdf_KEYBYTES == sizeof(Hash256));

}  // namespace

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

Status start_sodium() {
    return sodium_init() < 0 ? Status(fail(ErrorCode::Unavailable, "libsodium cannot start"))
                             : Status{};
}

void encrypt(const Key& key, const Nonce& nonce, ByteView bound, ByteView clear,
             std::span<std::uint8_t> out) {
    CAREHUB_CHECK(out.size() == clear.size() + kTagBytes, "sealed bytes have a size of their own");
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, clear.data(), clear.size(),
                                               bound.data(), bound.size(), nullptr, nonce.data(),
                                               key.bytes().data());
}

bool decrypt(const Key& key, const Nonce& nonce, ByteView bound, ByteView sealed,
             std::span<std::uint8_t> out) {
    CAREHUB_CHECK(sealed.size() == out.size() + kTagBytes, "sealed bytes have a size of their own");
    return crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(),
                                                      sealed.size(), bound.data(), bound.size(),
                                                      nonce.data(), key.bytes().data()) == 0;
}

Key derive_key(const Key& from, std::string_view purpose, std::uint64_t number) {
    CAREHUB_CHECK(purpose.size() == crypto_kdf_CONTEXTBYTES, "a purpose is 8 bytes");
    Key key;
    const int done = crypto_kdf_derive_from_key(key.bytes().data(), key.bytes().size(), number,
                                                purpose.data(), from.bytes().data());
    CAREHUB_CHECK(done == 0, "a key cannot be derived");
    return key;
}

Nonce nonce_of(const Hash128& prefix, std::uint64_t number) {
    Nonce nonce{};
    std::ranges::copy(prefix, nonce.begin());
    for (std::size_t i = 0; i < sizeof number; ++i) {
        nonce[prefix.size() + i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return nonce;
}

}  // namespace carehub::vault
