// NAME.carehub: what a client of the hub needs to connect, as TOML.
//
// Contract: the file holds a secret key: it is written 0600, and one that others may read is
// refused with what to do. `endpoint` may be empty in a new folder, until the hub has told its
// port. Errors: NotFound, Io, Invalid naming the key; messages never hold a key. Threads: any
// thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hub/base/bytes.hpp"
#include "hub/base/error.hpp"
#include "hub/model/vocabulary.hpp"

namespace carehub::adapters {

/// More changes of key than an adapter's spool can live through.
inline constexpr std::size_t kEarlierKeysMax = 4;

struct LinkFile {
    std::string name;
    PartnerKind kind = PartnerKind::Unset;
    StaffRole role = StaffRole::Unset;  ///< kind Staff only
    std::string endpoint;               ///< "tcp://127.0.0.1:5661"
    Hash256 hub_public_key{};
    Hash256 public_key{};
    Hash256 secret_key{};  ///< all zero: the partner keeps it elsewhere
    /// Secret keys it had before, newest first: what an adapter sealed with them is still read.
    std::vector<Hash256> earlier_keys;
    friend bool operator==(const LinkFile&, const LinkFile&) = default;
};

[[nodiscard]] Result<LinkFile> read_link_file(const std::filesystem::path& path);
/// Replaces the file.
[[nodiscard]] Status write_link_file(const std::filesystem::path& path, const LinkFile& link);

}  // namespace carehub::adapters
