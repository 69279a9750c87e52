// The head of sealed bytes, written and read in one place. Its layout stands in vault.hpp.
//
// Contract: internal to the vault. Errors: Damaged when no seal() wrote the bytes; Unsupported for
// a way of sealing this version does not know. Threads: any thread.
#pragma once

#include "hub/vault/vault.hpp"

namespace carehub::vault {

inline constexpr std::uint32_t kOwnKey = 0;
inline constexpr std::size_t kEnvelopeHeadBytes = 1 + 4 + kNonceBytes;

struct Envelope {
    std::uint32_t key = 0;
    Nonce nonce{};
    ByteView sealed;  ///< encrypted bytes and tag
};

/// A head, and room for `clear_bytes` sealed.
[[nodiscard]] Bytes envelope(std::uint32_t key, const Nonce& nonce, std::size_t clear_bytes);
[[nodiscard]] Result<Envelope> read_envelope(ByteView bytes);

using BoundContext = std::array<std::uint8_t, sizeof(Hash128) + 8 + 2>;
[[nodiscard]] BoundContext bound_of(const SealContext& context);

}  // namespace carehub::vault
