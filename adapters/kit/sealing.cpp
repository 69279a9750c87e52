#include "adapters/kit/sealing.hpp"

#include <algorithm>

#include "adapters/kit/sha256.hpp"

namespace carehub::adapters {
namespace {

/// Keys derived from a link's, numbered for ever.
struct SubKeys {
    std::uint64_t seal;
    std::uint64_t name;
    std::uint64_t hash;
};
constexpr SubKeys kFeedKeys{1, 2, 3};
constexpr SubKeys kRawArchiveKeys{4, 5, 6};

vault::Key derive(const vault::Key& link_key, std::uint64_t number) {
    return vault::derive_key(link_key, "adapter1", number);
}

Hash128 first_half(const Hash256& bytes) {
    Hash128 half{};
    std::copy_n(bytes.begin(), half.size(), half.begin());
    return half;
}

using Bound = std::array<std::uint8_t, 9>;

Bound bound_of(SealedAs kind, std::uint64_t number) {
    Bound bound{static_cast<std::uint8_t>(kind)};
    for (std::size_t i = 0; i < 8; ++i) {
        bound[1 + i] = static_cast<std::uint8_t>(number >> (8 * i));
    }
    return bound;
}

}  // namespace

Result<Sealing> Sealing::of_link(const LinkSecrets& secrets, Random& random, SealingKey which) {
    if (secrets.now == Hash256{}) {
        return fail(ErrorCode::Invalid,
                    "the link file holds no secret_key: an adapter seals what it keeps with it");
    }
    CAREHUB_TRY_DONE(vault::start_sodium());
    return Sealing(secrets, random, which);
}

Sealing::NamedKey::NamedKey(const vault::Key& link_key, SealingKey which) {
    const SubKeys& numbers = which == SealingKey::Feed ? kFeedKeys : kRawArchiveKeys;
    key = derive(link_key, numbers.seal);
    hash_key = derive(link_key, numbers.hash);
    name = first_half(derive(link_key, numbers.name).bytes());
}

Sealing::Sealing(const LinkSecrets& secrets, Random& random, SealingKey which) : nonces_(random) {
    keys_.emplace_back(vault::Key(secrets.now), which);
    for (const Hash256& earlier : secrets.earlier) {
        keys_.emplace_back(vault::Key(earlier), which);
    }
}

bool Sealing::knows(const Hash128& key_name) const {
    return std::ranges::find(keys_, key_name, &NamedKey::name) != keys_.end();
}

/// Key and digest are of one size each: nothing can be appended, so plain SHA-256 serves.
std::vector<Hash128> Sealing::keyed_hashes(const Hash256& digest) const {
    std::vector<Hash128> hashes;
    thread_local Sha256 hash;
    for (const NamedKey& known : keys_) {
        hash.add(known.hash_key.bytes());
        hash.add(digest);
        hashes.push_back(first_half(hash.finish()));
    }
    return hashes;
}

Bytes Sealing::seal(SealedAs kind, std::uint64_t number, ByteView clear) {
    const vault::Nonce nonce = nonces_.next();
    Bytes sealed(kSealedOverheadBytes + clear.size());
    std::ranges::copy(nonce, sealed.begin());
    vault::encrypt(keys_.front().key, nonce, bound_of(kind, number), clear,
                   std::span(sealed).subspan(nonce.size()));
    return sealed;
}

Result<Bytes> Sealing::open(SealedAs kind, std::uint64_t number, ByteView sealed) const {
    if (sealed.size() >= kSealedOverheadBytes) {
        vault::Nonce nonce{};
        std::copy_n(sealed.begin(), nonce.size(), nonce.begin());
        Bytes clear(sealed.size() - kSealedOverheadBytes);
        for (const NamedKey& known : keys_) {
            if (vault::decrypt(known.key, nonce, bound_of(kind, number),
                               sealed.subspan(nonce.size()), clear)) {
                return clear;
            }
        }
    }
    return fail(ErrorCode::Damaged, "what the adapter sealed on its disk does not open");
}

}  // namespace carehub::adapters
