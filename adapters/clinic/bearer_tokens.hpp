// Bearer tokens (RFC 6750) that a door takes, known by their SHA-256 alone.
// Threads: immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"

namespace carehub::adapters::clinic {

class BearerTokens {
public:
    /// Each the SHA-256 of a token in hexadecimal. Invalid when one is none.
    [[nodiscard]] static Result<BearerTokens> of(const std::vector<std::string>& digests);

    [[nodiscard]] bool empty() const { return digests_.empty(); }
    /// Whether the field Authorization carries one of them.
    [[nodiscard]] bool admit(std::string_view authorization) const;

private:
    std::vector<Hash256> digests_;
};

}  // namespace carehub::adapters::clinic
