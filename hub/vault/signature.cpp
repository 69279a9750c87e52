#include "hub/vault/signature.hpp"

#include <sodium.h>

#include "hub/base/check.hpp"
#include "hub/vault/aead.hpp"

namespace carehub::vault {
namespace {

static_assert(crypto_sign_SEEDBYTES == sizeof(Hash256));
static_assert(crypto_sign_PUBLICKEYBYTES == sizeof(Hash256));
static_assert(crypto_sign_BYTES == sizeof(Signature));

constexpr std::string_view kPurpose = "carehubS";

/// libsodium's secret key: seed and public key; wiped when it is let go.
struct SecretKey {
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> bytes{};

    SecretKey() = default;
    SecretKey(const SecretKey&) = delete;
    SecretKey& operator=(const SecretKey&) = delete;
    ~SecretKey() { sodium_memzero(bytes.data(), bytes.size()); }
};

void make_pair(const Key& seed, Hash256& public_key, SecretKey& secret) {
    const int done =
        crypto_sign_seed_keypair(public_key.data(), secret.bytes.data(), seed.bytes().data());
    CAREHUB_CHECK(done == 0, "a pair of keys can be made of any seed");
}

}  // namespace

Signer::Signer(const Key& seed) : seed_(seed) {
    SecretKey secret;
    make_pair(seed_, public_key_, secret);
}

Result<Signer> Signer::of(const KeyFile& hub_key) {
    CAREHUB_TRY_DONE(start_sodium());
    CAREHUB_TRY(const Key key, read_key_file(hub_key));
    return Signer(derive_key(key, kPurpose, 1));
}

Signature Signer::sign(ByteView bytes) const {
    SecretKey secret;
    Hash256 public_key{};
    make_pair(seed_, public_key, secret);
    Signature signature{};
    const int done = crypto_sign_detached(signature.data(), nullptr, bytes.data(), bytes.size(),
                                          secret.bytes.data());
    CAREHUB_CHECK(done == 0, "any bytes can be signed");
    return signature;
}

bool is_signed(ByteView bytes, const Signature& signature, const Hash256& public_key) {
    return crypto_sign_verify_detached(signature.data(), bytes.data(), bytes.size(),
                                       public_key.data()) == 0;
}

}  // namespace carehub::vault
