// Keyed hashes of identifiers, and sealing of what speaks of a person under a key of that person's
// own.
//
// Keyed hash: SipHash-2-4 with 128 bits (libsodium), a keyed function made for short inputs, under a
// key of its own for each domain, derived from the hub's. Each part is preceded by its length, so that
// ("ab", "c") and ("a", "bc") differ.
//
// Sealed bytes; numbers are little-endian:
//   offset  size
//   0       1     how they are sealed; 1: XChaCha20-Poly1305 under a subject's key. 0 was "not at
//                 all" before there were keys: no journal holds it any more
//   1       4     number of the key's record in vault.keys; 0: the hub's own, for no subject
//   5       24    nonce: 16 random bytes of the run, then its counter
//   29      n     the bytes, encrypted
//   29 + n  16    tag, over subject (16), sequence (8) and kind (2) as well
//
// Contract: what seal() made opens by unseal() (unsealer.hpp) with the same context and no other.
// What is sealed may be stored once sync() has returned, and not before. After an erasure
// nothing that was sealed for the subject opens any more, in this process or any other; what is
// sealed for it later does. Hashes stay the same for ever with the same key file, and tell nothing
// without it.
// Errors: open(): as read_key_file() and KeyStore::open(); a hub's key that is not the one of
// vault.keys is Damaged, by name. seal(), expect() and sync(): as KeyStore.
// Threads: seal(), expect(), sync() and erase() are confined to the sealing thread; the rest may be called
// meanwhile by any. Lifetime: borrows the Random.
#pragma once

#include <array>
#include <initializer_list>
#include <memory>
#include <string>

#include "hub/vault/key_file.hpp"
#include "hub/vault/key_store.hpp"

namespace carehub::vault {

/// What kind of thing is hashed; equal parts in two domains have hashes that tell nothing of each
/// other. Numbered for ever: the number derives the key.
enum class HashDomain : std::uint8_t { Subject = 1, Source, BusinessKey, Body, Consent };
inline constexpr std::size_t kHashDomains = 5;

/// Whose key seals, and what the sealed bytes are bound to: moved elsewhere they do not open.
struct SealContext {
    Hash128 subject{};           ///< keyed hash of an identifier, or a client's id; zero: nobody's
    std::uint64_t sequence = 0;  ///< of the entry
    std::uint16_t kind = 0;      ///< of the input
};

struct VaultFiles {
    KeyFile hub_key;
    std::string keys;  ///< path of vault.keys
};

class Vault {
public:
    /// Makes both files; refused when one exists.
    [[nodiscard]] static Result<Vault> create(Disk& disk, const VaultFiles& files, Random& random);
    [[nodiscard]] static Result<Vault> open(Disk& disk, const VaultFiles& files, Random& random);
    /// Unwraps every key of the files, for people who ask how they are; changes nothing.
    [[nodiscard]] static Result<KeyCounts> check(Disk& disk, const VaultFiles& files);

    [[nodiscard]] Hash128 keyed_hash(HashDomain domain,
                                     std::initializer_list<ByteView> parts) const;

    [[nodiscard]] Result<Bytes> seal(const SealContext& context, ByteView clear);
    /// Makes the subject's key, if there is none, before there is anything to seal with it: what is
    /// sealed for the subject after the next sync() needs no sync of its own.
    [[nodiscard]] Status expect(const Hash128& subject);
    [[nodiscard]] Status sync() { return keys_->sync(); }
    /// Destroys the subjects' keys, but for those numbered above `newest`; how many there were.
    [[nodiscard]] Result<std::size_t> erase(std::span<const Hash128> subjects,
                                            std::uint32_t newest) {
        return keys_->erase(subjects, newest);
    }
    /// Whether what was sealed can never be opened again, since its key was destroyed. A damaged key is
    /// not: an older key file may open what it sealed.
    [[nodiscard]] bool is_destroyed(ByteView sealed) const;
    /// The number of the key made last; 0: none.
    [[nodiscard]] std::uint32_t newest_key() const { return keys_->newest(); }
    [[nodiscard]] const KeyCounts& counts() const { return keys_->counts(); }

private:
    friend class Unsealer;
    friend class Resealer;

    Vault(const Key& hub_key, std::unique_ptr<KeyStore> keys, Random& random);

    std::array<Key, kHashDomains> hash_keys_;
    SubjectKey own_;  ///< the hub's own, number 0: what speaks of no subject
    NonceSource nonces_;
    std::unique_ptr<KeyStore> keys_;
};

}  // namespace carehub::vault
