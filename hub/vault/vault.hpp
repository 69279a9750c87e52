// Keyed hashes of identifiers, and sealing of what speaks of a person.
//
// Keyed hash: BLAKE2b-128 keyed with a key derived from the hub's own (libsodium). BLAKE2b is built
// to be keyed in one pass, so it is three to four times quicker than HMAC-SHA-256 for an identifier
// of a few bytes, and its personalisation separates domains without costing a block. Each part is
// preceded by its length, so that ("ab", "c") and ("a", "bc") differ.
//
// Sealed bytes:
//   offset  size
//   0       1     how it is sealed; 0: not at all, the bytes follow as they are
//   1       n     the bytes
// Every caller seals and unseals already, but nothing is hidden yet from who can read the journal's
// file. Sealing under a key of the subject's own gets another first byte; old bytes stay readable.
//
// Contract: unseal(context, seal(context, bytes)) == bytes. Hashes stay the same for ever with the
// same key file, and tell nothing without it.
// Errors: unseal() answers Damaged for bytes no seal() wrote, Unsupported for a newer sealing.
// Threads: immutable after load() or create(); any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/base/random.hpp"
#include "hub/vault/key_file.hpp"

namespace carehub::vault {

/// Longest name of a domain, in bytes: BLAKE2b's personalisation.
inline constexpr std::size_t kDomainBytesMax = 16;

/// Whose key seals, and what the sealed bytes are bound to: moved elsewhere they do not open.
struct SealContext {
    Hash128 subject{};           ///< keyed hash of the identifier the event arrived with
    std::uint64_t sequence = 0;  ///< of the entry
    std::uint16_t kind = 0;      ///< of the input
};

class Vault {
public:
    /// Reads the hub's key.
    [[nodiscard]] static Result<Vault> load(const std::string& key_path);
    /// Makes the hub's key; refused when the file exists.
    [[nodiscard]] static Result<Vault> create(const std::string& key_path, Random& random);

    /// `domain` says what kind of thing is hashed: a literal of at most kDomainBytesMax bytes.
    [[nodiscard]] Hash128 keyed_hash(std::string_view domain,
                                     std::initializer_list<ByteView> parts) const;

    [[nodiscard]] Result<Bytes> seal(const SealContext& context, ByteView clear) const;
    [[nodiscard]] Result<Bytes> unseal(const SealContext& context, ByteView sealed) const;

private:
    [[nodiscard]] static Result<Vault> from_key(const Key& hub_key);

    explicit Vault(const Key& hash_key) : hash_key_(hash_key) {}

    Key hash_key_;
};

}  // namespace carehub::vault
