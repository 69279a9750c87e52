#include "hub/vault/vault.hpp"

#include <algorithm>

#include <sodium.h>

#include "hub/base/check.hpp"
#include "hub/vault/envelope.hpp"

namespace carehub::vault {
namespace {

/// What is hashed at once without asking for memory: an event of usual size.
constexpr std::size_t kHashedOnStackMax = 1'024;

/// Keys derived from the hub's key, numbered for ever; the hub's key itself encrypts nothing.
enum class SubKey : std::uint64_t { Hash = 1, Wrap = 2, Own = 3 };

Key derive(const Key& hub_key, SubKey which) {
    return derive_key(hub_key, "carehub1", static_cast<std::uint64_t>(which));
}

/// A key for each domain of hashes. SipHash takes 16 bytes of the 32.
std::array<Key, kHashDomains> derive_hash_keys(const Key& hub_key) {
    const Key hash_key = derive(hub_key, SubKey::Hash);
    std::array<Key, kHashDomains> keys;
    for (std::size_t domain = 0; domain < keys.size(); ++domain) {
        keys[domain] = derive_key(hash_key, "hashes_1", domain + 1);
    }
    return keys;
}

/// Each part behind its length in eight bytes, little-endian.
void write_parts(std::initializer_list<ByteView> parts, std::span<std::uint8_t> out) {
    auto to = out.begin();
    for (const ByteView part : parts) {
        for (unsigned shift = 0; shift < 64; shift += 8) {
            *to++ = static_cast<std::uint8_t>(std::uint64_t{part.size()} >> shift);
        }
        to = std::ranges::copy(part, to).out;
    }
}

}  // namespace

Vault::Vault(const Key& hub_key, std::unique_ptr<KeyStore> keys, Random& random)
    : hash_keys_(derive_hash_keys(hub_key)),
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

Hash128 Vault::keyed_hash(HashDomain domain, std::initializer_list<ByteView> parts) const {
    std::size_t size = 0;
    for (const ByteView part : parts) {
        size += 8 + part.size();
    }
    std::array<std::uint8_t, kHashedOnStackMax> small;  // NOLINT(*-member-init): written below
    Bytes large(size > small.size() ? size : 0);
    const std::span<std::uint8_t> bytes = large.empty() ? std::span(small).first(size) : large;
    write_parts(parts, bytes);
    const Key& key = hash_keys_[static_cast<std::size_t>(domain) - 1];
    static_assert(crypto_shorthash_siphashx24_KEYBYTES <= std::tuple_size_v<Hash256>);
    static_assert(crypto_shorthash_siphashx24_BYTES == std::tuple_size_v<Hash128>);
    Hash128 hash{};
    crypto_shorthash_siphashx24(hash.data(), bytes.data(), bytes.size(), key.bytes().data());
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

Status Vault::expect(const Hash128& subject) {
    CAREHUB_TRY([[maybe_unused]] const auto* key, keys_->key_for(subject));
    return {};
}

bool Vault::is_destroyed(ByteView sealed) const {
    const auto envelope = read_envelope(sealed);
    if (!envelope || envelope->key == kOwnKey) {
        return false;
    }
    const auto record = keys_->read(envelope->key);
    return record && record->head.state == KeyState::Erased;
}

}  // namespace carehub::vault
