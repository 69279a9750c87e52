#include "adapters/kit/out/hmac.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "hub/base/check.hpp"

namespace carehub::adapters {

Hash256 hmac_sha256(std::string_view key, std::string_view text) {
    Hash256 code{};
    unsigned size = 0;
    const ByteView bytes = as_bytes(text);
    CAREHUB_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(),
                       bytes.size(), code.data(), &size) != nullptr &&
                      size == code.size(),
                  "HMAC cannot be computed");
    return code;
}

}  // namespace carehub::adapters
