#include "hub/vault/vault.hpp"

#include <algorithm>

#include <sodium.h>

#include "hub/base/check.hpp"

namespace carehub::vault {
namespace {

static_assert(crypto_kdf_KEYBYTES == sizeof(Hash256));
static_assert(crypto_generichash_blake2b_PERSONALBYTES == kDomainBytesMax);

/// Keys derived from the hub's key, numbered for ever; the hub's key itself encrypts nothing.
enum class SubKey : std::uint64_t { Hash = 1 };
constexpr char kDerivation[crypto_kdf_CONTEXTBYTES + 1] = "carehub1";

constexpr std::uint8_t kNotSealed = 0;

Key derive(const Key& hub_key, SubKey which) {
    Key key;
    const int done = crypto_kdf_derive_from_key(key.bytes().data(), key.bytes().size(),
                                                static_cast<std::uint64_t>(which), kDerivation,
                                                hub_key.bytes().data());
    CAREHUB_CHECK(done == 0, "a key cannot be derived");
    return key;
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

Result<Vault> Vault::load(const std::string& key_path) {
    CAREHUB_TRY(const Key hub_key, read_key_file(key_path));
    return from_key(hub_key);
}

Result<Vault> Vault::create(const std::string& key_path, Random& random) {
    CAREHUB_TRY(const Key hub_key, create_key_file(key_path, random));
    return from_key(hub_key);
}

Result<Vault> Vault::from_key(const Key& hub_key) {
    if (sodium_init() < 0) {
        return fail(ErrorCode::Unavailable, "libsodium cannot start");
    }
    return Vault(derive(hub_key, SubKey::Hash));
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

Result<Bytes> Vault::seal(const SealContext& /*context*/, ByteView clear) const {
    Bytes sealed;
    sealed.reserve(1 + clear.size());
    sealed.push_back(kNotSealed);
    sealed.insert(sealed.end(), clear.begin(), clear.end());
    return sealed;
}

Result<Bytes> Vault::unseal(const SealContext& /*context*/, ByteView sealed) const {
    if (sealed.empty()) {
        return fail(ErrorCode::Damaged, "sealed bytes are empty");
    }
    if (sealed.front() != kNotSealed) {
        return fail(ErrorCode::Unsupported, "sealed by a newer version of carehub: upgrade");
    }
    return Bytes(sealed.begin() + 1, sealed.end());
}

}  // namespace carehub::vault
