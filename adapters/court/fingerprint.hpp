// Short fingerprints of meanings: parts of event ids and of the snapshot store.
#pragma once

#include <string>
#include <string_view>

#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::court {

/// The first 16 hexadecimal digits of SHA-256: enough to tell versions of one hearing apart.
[[nodiscard]] inline std::string short_digest(std::string_view text) {
    const Hash256 digest = sha256(as_bytes(text));
    return to_hex(ByteView(digest).first(8));
}

}  // namespace carehub::adapters::court
