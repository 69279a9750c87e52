#include "adapters/clinic/bearer_tokens.hpp"

#include <algorithm>

#include "adapters/clinic/hl7/element.hpp"
#include "adapters/kit/sha256.hpp"

namespace carehub::adapters::clinic {
namespace {

constexpr std::string_view kScheme = "BEARER ";

}  // namespace

Result<BearerTokens> BearerTokens::of(const std::vector<std::string>& digests) {
    BearerTokens tokens;
    for (const std::string& text : digests) {
        Hash256 digest{};
        if (!from_hex(text, digest)) {
            return fail(ErrorCode::Invalid,
                        "[fhir] tokens are SHA-256 digests of 64 hexadecimal digits");
        }
        tokens.digests_.push_back(digest);
    }
    return tokens;
}

/// Digests are compared, not tokens: how long it takes tells nothing of a token.
bool BearerTokens::admit(std::string_view authorization) const {
    if (hl7::to_upper(authorization.substr(0, kScheme.size())) != kScheme) {
        return false;
    }
    const std::string_view token = hl7::trim(authorization.substr(kScheme.size()));
    const Hash256 digest = sha256(as_bytes(token));
    // An empty token proves nothing, whatever a configuration lists.
    return !token.empty() && std::find(digests_.begin(), digests_.end(), digest) != digests_.end();
}

}  // namespace carehub::adapters::clinic
