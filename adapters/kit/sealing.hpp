// What an adapter keeps on disk of people is sealed: under a key derived from its link's secret
// key, so that the state folder alone tells nothing.
//
// Sealed bytes: nonce (24: 16 random ones of the run, then a counter), the bytes encrypted with
// XChaCha20-Poly1305, tag (16) over kind (1) and number (8, little-endian) as well.
//
// After a change of the link's key seal() uses the new one, and open() the earlier ones as well.
// What feeds keep and what the raw archive keeps is sealed under keys that tell nothing of each
// other.
//
// Contract: open() gives back what seal() was given for the same kind and number; anything else is
// refused. A keyed hash finds a digest again on a disk that does not tell the digest.
// Errors: of_link(): Invalid without a secret key; open(): Damaged.
// Threads: seal() is confined to one thread.
#pragma once

#include <vector>

#include "hub/vault/aead.hpp"

namespace carehub::adapters {

inline constexpr std::size_t kSealedOverheadBytes = vault::kNonceBytes + vault::kTagBytes;

enum class SealedAs : std::uint8_t {
    SpoolItem = 1,   ///< by its number
    FeedState = 2,   ///< by its generation
    RawMessage = 3,  ///< by its number
    Stream = 4,      ///< by the stream's number and the piece's (sealed_stream.hpp)
    DropState = 5    ///< by its format's number
};

/// Which of the keys that a link's secret key gives.
enum class SealingKey : std::uint8_t { Feed, RawArchive };

/// A link's secret key, and those it had before, newest first.
struct LinkSecrets {
    Hash256 now{};
    std::vector<Hash256> earlier;
};

class Sealing {
public:
    [[nodiscard]] static Result<Sealing> of_link(const LinkSecrets& secrets, Random& random,
                                                 SealingKey which = SealingKey::Feed);

    [[nodiscard]] Bytes seal(SealedAs kind, std::uint64_t number, ByteView clear);
    [[nodiscard]] Result<Bytes> open(SealedAs kind, std::uint64_t number, ByteView sealed) const;

    /// Names the key and tells nothing of it: kept beside what is sealed, so that another link's
    /// key is told from damage.
    [[nodiscard]] const Hash128& key_name() const { return keys_.front().name; }
    /// Whether open() has the key of that name.
    [[nodiscard]] bool knows(const Hash128& key_name) const;

    /// Under each key: the one that seals, then the earlier ones.
    [[nodiscard]] std::vector<Hash128> keyed_hashes(const Hash256& digest) const;

private:
    struct NamedKey {
        NamedKey(const vault::Key& link_key, SealingKey which);

        vault::Key key;
        vault::Key hash_key;
        Hash128 name{};
    };
    Sealing(const LinkSecrets& secrets, Random& random, SealingKey which);

    std::vector<NamedKey> keys_;  ///< the one that seals, then the earlier ones
    vault::NonceSource nonces_;
};

}  // namespace carehub::adapters
