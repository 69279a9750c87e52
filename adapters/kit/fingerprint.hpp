// Short fingerprints of meanings: parts of event ids and of what a kind remembers.
// Threads: any thread.
#pragma once

#include <string>
#include <string_view>

#include "adapters/kit/sha256.hpp"

namespace carehub::adapters {

inline constexpr std::size_t kFingerprintBytes = 8;

/// The first 16 hexadecimal digits of a digest: enough to tell versions of one record apart.
[[nodiscard]] inline std::string short_form(const Hash256& digest) {
    return to_hex(ByteView(digest).first(kFingerprintBytes));
}
[[nodiscard]] inline std::string short_digest(std::string_view text) {
    return short_form(sha256(as_bytes(text)));
}

}  // namespace carehub::adapters
