// What a backup says of itself, as text that is signed.
//
//   carehub backup 1
//   carehub checkpoint 1                  the journal's head, as audit/checkpoint.hpp
//   journal ...
//   size ...
//   root ...
//   at ...
//   file journal.db 123456 9f86d081...    name, bytes, SHA-256; one line for each file but the keys
//   hub 4c5e...                           public key of the hub that signed, 64 hexadecimal digits
//   signature 7a2f...                     Ed25519 over all lines before, 128 hexadecimal digits
//
// Text rather than JSON: the bytes that are signed are the bytes that are read.
// Contract: what to_text() writes reads back equal; any other spelling is refused.
// Errors: manifest_from_text() answers Invalid. Threads: immutable data, pure functions.
#pragma once

#include <string>
#include <vector>

#include "hub/audit/checkpoint.hpp"
#include "hub/vault/signature.hpp"

namespace carehub::daemon {

struct BackupFile {
    std::string name;
    std::uint64_t bytes = 0;
    Hash256 sha256{};

    friend bool operator==(const BackupFile&, const BackupFile&) = default;
};

struct BackupManifest {
    audit::Checkpoint checkpoint;
    std::vector<BackupFile> files;
    Hash256 hub_key{};  ///< public

    friend bool operator==(const BackupManifest&, const BackupManifest&) = default;
};

/// What is signed.
[[nodiscard]] std::string to_text(const BackupManifest& manifest);
[[nodiscard]] std::string to_signed_text(const BackupManifest& manifest,
                                         const vault::Signature& signature);

struct SignedManifest {
    BackupManifest manifest;
    vault::Signature signature{};

    [[nodiscard]] bool is_genuine() const;
};
[[nodiscard]] Result<SignedManifest> manifest_from_text(std::string_view text);

}  // namespace carehub::daemon
