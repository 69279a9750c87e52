// The one cipher of the house, XChaCha20-Poly1305 (IETF), its nonces, and keys derived from keys.
//
// Contract: decrypt() opens what encrypt() made under the same key, nonce and bound bytes, and
// nothing else: a flipped bit, another key or other bound bytes are refused. A nonce is used once.
// Errors: start_sodium(): Unavailable. Threads: the functions any; a NonceSource is confined to
// one.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "hub/base/error.hpp"
#include "hub/base/random.hpp"
#include "hub/vault/key.hpp"

namespace carehub::vault {

inline constexpr std::size_t kNonceBytes = 24;
inline constexpr std::size_t kTagBytes = 16;
using Nonce = std::array<std::uint8_t, kNonceBytes>;

/// To be called once before anything else here.
[[nodiscard]] Status start_sodium();

/// `out` holds clear.size() + kTagBytes bytes. `bound` is not hidden, but cannot be exchanged.
void encrypt(const Key& key, const Nonce& nonce, ByteView bound, ByteView clear,
             std::span<std::uint8_t> out);
/// `out` holds sealed.size() - kTagBytes bytes; false, and nothing of use in `out`, when refused.
[[nodiscard]] bool decrypt(const Key& key, const Nonce& nonce, ByteView bound, ByteView sealed,
                           std::span<std::uint8_t> out);

/// Keys of different numbers or purposes tell nothing of each other or of `from`. `purpose` is a
/// literal of 8 bytes.
[[nodiscard]] Key derive_key(const Key& from, std::string_view purpose, std::uint64_t number);

/// The 24 bytes of a nonce: a prefix of 16, then a number, little-endian.
[[nodiscard]] Nonce nonce_of(const Hash128& prefix, std::uint64_t number);

/// Nonces that no other run draws: the prefix is random, since an earlier run that crashed may have
/// used any counter with what it never told of.
class NonceSource {
public:
    explicit NonceSource(Random& random) { random.fill(prefix_); }
    [[nodiscard]] Nonce next() { return nonce_of(prefix_, counter_++); }

private:
    Hash128 prefix_{};
    std::uint64_t counter_ = 0;
};

}  // namespace carehub::vault
