#include "hub/vault/vault.hpp"

#include <algorithm>

#include <sodium.h>

#include "hub/base/check.hpp"
#include "hub/vault/envelope.hpp"

namespace carehub::vault {
namespace {

static_assert(crypto_generichash_blake2b_PERSONALBYTES == kDomainBytesMax);

/// Keys derived from the hub's key, numbered for ever; the hub's key itself encrypts nothing.
enum class SubKey : std::uint64_t { Hash = 1, Wrap = 2, Own = 3 };

Key derive(const Key& hub_key, SubKey which) {
    return derive_key(hub_key, "carehub1", static_cast<std::uint64_t>(which));
}

using HashState = crypto_generichash_blake2b_state;

void add(HashState& state, ByteView bytes) {
    crypto_generichash_blake2b_update(&state, bytes.data(), bytes.size());
}

/// Eight bytes, little-endian.
std::array<std::uint8_t, 8> length_of(ByteView part) {
    std::array<std::uint8_t, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
        length[i] = static_cast<std::uint8_t>(std::uint64_t{part.size()} >> (8 * i));
    }
    return length;
}

}  // namespace

Vault::Vault(const Key& hub_key, std::unique_ptr<KeyStore> keys, Random& random)
    : hash_key_(derive(hub_key, SubKey::Hash)),
      own_{{}, kOwnKey, derive(hub_key, SubKey::Own)},
      nonces_(random),
      keys_(std::move(keys)) {}

Result<Vault> Vault::create(Disk& disk, const VaultFiles& files, Random& random) {
    CAREHUB_TRY_DONE(start_sodium());
    CAREHUB_TRY(const Key hub_key, create_key_file(files.hub_key.path, random));
    CAREHUB_TRY(auto keys,
                KeyStore::create(disk, files.keys, derive(hub_key, SubKey::Wrap), random));
    return Vault(hub_key, std::move(keys), random);
}

Result<Vault> Vault::open(Disk& disk, const VaultFiles& files, Random& random) {
    CAREHUB_TRY_DONE(start_sodium());
    CAREHUB_TRY(const Key hub_key, read_key_file(files.hub_key));
    CAREHUB_TRY(auto keys, KeyStore::open(disk, files.keys, derive(hub_key, SubKey::Wrap), random));
    return Vault(hub_key, std::move(keys), random);
}

Result<KeyCounts> Vault::check(Disk& disk, const VaultFiles& files) {
    CAREHUB_TRY_DONE(start_sodium());
    CAREHUB_TRY(const Key hub_key, read_key_file(files.hub_key));
    return KeyStore::check(disk, files.keys, derive(hub_key, SubKey::Wrap));
}

Hash128 Vault::keyed_hash(std::string_view domain, std::initializer_list<ByteView> parts) const {
    CAREHUB_CHECK(!domain.empty() && domain.size() <= kDomainBytesMax, "no name of a hash domain");
    std::array<std::uint8_t, kDomainBytesMax> personal{};
    std::ranges::copy(as_bytes(domain), personal.begin());
    HashState state;
    Hash128 hash{};
    crypto_generichash_blake2b_init_salt_personal(&state, hash_key_.bytes().data(),
                                                  hash_key_.bytes().size(), hash.size(), nullptr,
                                                  personal.data());
    for (const ByteView part : parts) {
        add(state, length_of(part));
        add(state, part);
    }
    crypto_generichash_blake2b_final(&state, hash.data(), hash.size());
    return hash;
}

Result<Bytes> Vault::seal(const SealContext& context, ByteView clear) {
    const SubjectKey* key = &own_;
    if (context.subject != Hash128{}) {
        CAREHUB_TRY(key, keys_->key_for(context.subject));
    }
    const Nonce nonce = nonces_.next();
    Bytes sealed = envelope(key->number, nonce, clear.size());
    encrypt(key->key, nonce, bound_of(context), clear,
            std::span(sealed).subspan(kEnvelopeHeadBytes));
    return sealed;
}

}  // namespace carehub::vault
