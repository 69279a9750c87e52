// The file that holds the hub's key.
//
//   offset  size
//   0       32    the key: uniform random bytes, nothing else
//
// Contract: mode 0600 or stricter; create_key_file() returns only when file and name are on disk
// and never replaces an existing file: a lost key makes every sealed byte unreadable for ever.
// Errors: NotFound when missing; Invalid when the size is wrong or others may read it; Io;
// SyncFailed. A half-made file is removed again.
// Threads: any thread.
#pragma once

#include <string>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/base/random.hpp"

namespace carehub::vault {

/// 32 bytes that are wiped from memory when they are let go.
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

[[nodiscard]] Result<Key> read_key_file(const std::string& path);
[[nodiscard]] Result<Key> create_key_file(const std::string& path, Random& random);

}  // namespace carehub::vault
