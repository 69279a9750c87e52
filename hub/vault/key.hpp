// 32 secret bytes, wiped from memory when they are let go.
#pragma once

#include "hub/base/bytes.hpp"

namespace carehub::vault {

class Key {
public:
    Key() = default;
    explicit Key(const Hash256& bytes) : bytes_(bytes) {}
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();

    [[nodiscard]] const Hash256& bytes() const { return bytes_; }
    [[nodiscard]] Hash256& bytes() { return bytes_; }

private:
    Hash256 bytes_{};
};

}  // namespace carehub::vault
