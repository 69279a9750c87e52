// The file that holds the hub's key.
//
//   offset  size
//   0       32    the key: uniform random bytes, nothing else
//
// Contract: nobody but its owner may use the file (0600 or stricter); a systemd credential may also
// show rights of a group, which is how systemd shows the service's own. create_key_file() returns
// only when file and name are on disk and never replaces an existing file: a lost key makes every
// sealed byte unreadable for ever.
// Errors: NotFound when missing; Invalid when the size is wrong or others may read it; Io;
// SyncFailed. A half-made file is removed again.
// Threads: any thread.
#pragma once

#include <string>

#include "hub/base/error.hpp"
#include "hub/base/random.hpp"
#include "hub/vault/key.hpp"

namespace carehub::vault {

enum class KeyPlace : std::uint8_t { File, Credential };

/// Where the hub's key is.
struct KeyFile {
    std::string path;
    KeyPlace place = KeyPlace::File;
};

[[nodiscard]] Result<Key> read_key_file(const KeyFile& file);
[[nodiscard]] Result<Key> create_key_file(const std::string& path, Random& random);

}  // namespace carehub::vault
