#include "adapters/kit/sealing.hpp"

#include <algorithm>

namespace carehub::adapters {
namespace {

/// Keys derived from a link's, numbered for ever.
enum class SubKey : std::uint64_t { Seal = 1, Name = 2 };

vault::Key derive(const vault::Key& link_key, SubKey which) {
    return vault::derive_key(link_key, "adapter1", static_cast<std::uint64_t>(which));
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

Result<Sealing> Sealing::of_link(const LinkSecrets& secrets, Random& random) {
    if (secrets.now == Hash256{}) {
        return fail(ErrorCode::Invalid,
                    "the link file holds no secret_key: an adapter seals what it keeps with it");
    }
    CAREHUB_TRY_DONE(vault::start_sodium());
    return Sealing(secrets, random);
}

Sealing::NamedKey::NamedKey(const vault::Key& link_key) : key(derive(link_key, SubKey::Seal)) {
    const vault::Key long_name = derive(link_key, SubKey::Name);
    std::copy_n(long_name.bytes().begin(), name.size(), name.begin());
}

Sealing::Sealing(const LinkSecrets& secrets, Random& random) : nonces_(random) {
    keys_.emplace_back(vault::Key(secrets.now));
    for (const Hash256& earlier : secrets.earlier) {
        keys_.emplace_back(vault::Key(earlier));
    }
}

bool Sealing::knows(const Hash128& key_name) const {
    return std::ranges::find(keys_, key_name, &NamedKey::name) != keys_.end();
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
