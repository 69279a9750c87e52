// Base 64 of RFC 4648, section 4: with padding, without line breaks.
//
// Contract: what to_base64() writes reads back equal; from_base64() refuses every other spelling of
// the same bytes.
// Errors: Invalid. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::audit {

[[nodiscard]] std::string to_base64(ByteView bytes);
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);
/// Of exactly 32 bytes.
[[nodiscard]] Result<Hash256> hash_from_base64(std::string_view text);

}  // namespace carehub::audit
