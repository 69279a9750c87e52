// Signs what the hub lets out of its folder, so that a copy can be held to be the hub's own.
//
// Ed25519; the secret is derived from the hub's key, so nothing more is to be kept, and whoever has
// the public key alone can verify.
// Contract: the same hub key gives the same pair for ever. A signature is over the bytes as they
// are.
// Errors: as read_key_file(); Unavailable when libsodium cannot start.
// Threads: immutable; any thread.
#pragma once

#include "hub/vault/key_file.hpp"

namespace carehub::vault {

using Signature = std::array<std::uint8_t, 64>;

class Signer {
public:
    [[nodiscard]] static Result<Signer> of(const KeyFile& hub_key);

    [[nodiscard]] const Hash256& public_key() const { return public_key_; }
    [[nodiscard]] Signature sign(ByteView bytes) const;

private:
    explicit Signer(const Key& seed);

    Key seed_;
    Hash256 public_key_{};
};

[[nodiscard]] bool is_signed(ByteView bytes, const Signature& signature, const Hash256& public_key);

}  // namespace carehub::vault
