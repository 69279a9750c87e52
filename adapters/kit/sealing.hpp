// What an adapter keeps on disk of people is sealed: under a key derived from its link's secret
// key, so that the state folder alone tells nothing.
//
// Sealed bytes: nonce (24: 16 random ones of the run, then a counter), the bytes encrypted with
// XChaCha20-Poly1305, tag (16) over kind (1) and number (8, little-endian) as well.
//
// After a change of the link's key seal() uses the new one, and open() the earlier ones as well.
//
// Contract: open() gives back what seal() was given for the same kind and number; anything else is
// refused. Errors: of_link(): Invalid without a secret key; open(): Damaged.
// Threads: seal() is confined to one thread.
#pragma once

#include <vector>

#include "hub/vault/aead.hpp"

namespace carehub::adapters {

inline constexpr std::size_t kSealedOverheadBytes = vault::kNonceBytes + vault::kTagBytes;

enum class SealedAs : std::uint8_t {
    SpoolItem = 1,  ///< by its number
    FeedState = 2   ///< by its generation
};

/// A link's secret key, and those it had before, newest first.
struct LinkSecrets {
    Hash256 now{};
    std::vector<Hash256> earlier;
};

class Sealing {
public:
    [[nodiscard]] static Result<Sealing> of_link(const LinkSecrets& secrets, Random& random);

    [[nodiscard]] Bytes seal(SealedAs kind, std::uint64_t number, ByteView clear);
    [[nodiscard]] Result<Bytes> open(SealedAs kind, std::uint64_t number, ByteView sealed) const;

    /// Names the key and tells nothing of it: kept beside what is sealed, so that another link's
    /// key is told from damage.
    [[nodiscard]] const Hash128& key_name() const { return keys_.front().name; }
    /// Whether open() has the key of that name.
    [[nodiscard]] bool knows(const Hash128& key_name) const;

private:
    struct NamedKey {
        explicit NamedKey(const vault::Key& link_key);

        vault::Key key;
        Hash128 name{};
    };
    Sealing(const LinkSecrets& secrets, Random& random);

    std::vector<NamedKey> keys_;  ///< the one that seals, then the earlier ones
    vault::NonceSource nonces_;
};

}  // namespace carehub::adapters
