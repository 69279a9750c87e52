// HMAC-SHA-256 (RFC 2104); the kit's door to OpenSSL's. Threads: any thread.
#pragma once

#include <string_view>

#include "hub/base/bytes.hpp"

namespace carehub::adapters {

[[nodiscard]] Hash256 hmac_sha256(std::string_view key, std::string_view text);

}  // namespace carehub::adapters
