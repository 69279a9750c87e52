// CURVE keys: Curve25519 pairs as 32 bytes, and their Z85 spelling (40 characters) in files and
// options.
//
// Threads: any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::transport {

struct CurveKeys {
    Hash256 public_key{};
    Hash256 secret_key{};
};

/// Errors: Unsupported when libzmq was built without CURVE.
[[nodiscard]] Result<CurveKeys> make_curve_keys();
/// The public key that belongs to a secret one.
[[nodiscard]] Result<Hash256> public_key_of(const Hash256& secret_key);

[[nodiscard]] std::string to_z85(const Hash256& key);
/// Exactly 40 characters of the Z85 alphabet; anything else is nothing.
[[nodiscard]] std::optional<Hash256> from_z85(std::string_view text);

}  // namespace carehub::transport
